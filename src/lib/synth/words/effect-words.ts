/**
 * The words that select a sound: name of the sound → English, German and Italian words, separated by commas.
 * `rain*` matches every word that begins with "rain". One word may select several sounds.
 */
export const EFFECT_WORDS: Readonly<Record<string, string>> = {
  // weather
  rain: 'rain, rains, rained, raining, rainy, raindrop*, rainfall, drizzl*, regen, regnet, regnerisch*, regentropfen, niesel*, pioggia, piove, pioviggin*, piovoso',
  downpour:
    'downpour, heavy rain, pouring rain, torrential*, cloudburst, platzregen, starkregen, wolkenbruch, acquazzone, diluvio, nubifragio, pioggia forte, monsoon*',
  wind: 'wind, winds, windy, gust*, gale, blizzard, sandstorm, sturm, windig*, wehen, vento, ventoso, raffic*, bufera, tempesta, hurricane, tornado',
  breeze: 'breeze, breezy, brise, luftchen, brezza, venticello, light wind',
  thunder: 'thunder*, lightning*, donner*, blitz*, gewitter*, tuono, tuoni, fulmin*, temporale, temporali',
  // water
  sea: 'sea, seas, seaside, ocean*, wave, waves, surf, surfing, surfer*, shore*, coast*, tide, tides, meer, meeres*, welle*, brandung, kuste*, ozean, mare, onda, onde, oceano, marea, costa',
  stream:
    'stream, streams, river*, brook*, creek*, canal, fountain*, bach, fluss, flusse, brunnen, quelle, ruscello, fiume, fiumi, torrente, fontana, canale, flowing water, running water',
  waterfall: 'waterfall*, cascade*, rapids, wasserfall*, cascata, cascate',
  underwater:
    'underwater, under water, submarine, scuba, diver, divers, diving, unterwasser*, unter wasser, tauch*, subacque*, sott acqua, sottomarin*, aquarium*, coral*',
  splash: 'splash*, platsch*, spritz*, spruzz*, tuffo, swimming pool, pool, swimmer*',
  drip: 'drip*, droplet*, cave, caves, tropf*, hohle, goccia, gocce, goccio*, grotta, leak*',
  pouring: 'pouring, pour, pours, einschenk*, eingiess*, versare, versando, versa',
  // fire and land
  fire: 'fire, fires, campfire, bonfire, flame*, burning, burns, fireplace, feuer*, lagerfeuer, kamin*, flammen, brennt, fuoco, falo, fiamm*, camino, candle*, torch*',
  forest:
    'forest*, woods, woodland, jungle, rainforest, wald*, walder, dschungel, bosco, boschi, foresta, foreste, giungla',
  leaves:
    'leaf, leaves, foliage, rustl*, tree, trees, blatter*, laub, baum, baume, raschel*, foglia, foglie, albero, alberi, fruscio',
  // animals
  birds:
    'bird*, aviary, songbird*, chirp*, tweet*, robin, sparrow*, nightingale, vogel*, zwitscher*, amsel, uccell*, cinguett*, passer*',
  gulls: 'gull, gulls, seagull*, mowe*, gabbian*',
  owl: 'owl, owls, eule*, uhu, gufo, civetta',
  crow: 'crow, crows, raven*, krahe*, rabe*, corvo, corvi, cornacchi*',
  crickets: 'cricket*, cicada*, grasshopper*, grille, grillen, zikade*, grillo, grilli, cicala, cicale',
  frogs: 'frog, frogs, toad*, pond, swamp, frosch*, krote*, teich, sumpf, rana, rane, rospo, stagno, palude',
  insects:
    'insect*, bee, bees, bumblebee*, buzzing, mosquito*, biene*, hummel*, fliege, fliegen, insekt*, api, mosca, mosche, zanzar*, beehive',
  dog: 'dog, dogs, puppy, puppies, bark, barks, barking, barked, hound, hund, hunde, hunden, bellt, bellen, bellend*, welpe*, cane, cani, cucciolo, abbai*, retriever, terrier, labrador',
  cat: 'cat, cats, kitten*, meow*, katze*, kater, miau*, gatto, gatti, gattin*, miagol*',
  purr: 'purr*, schnurr*, fusa',
  rooster:
    'rooster*, cock, cockerel, chicken*, hahn, hahne, huhn, huhner, kraht, gallo, galli, gallina, galline, chicchirichi, farm, bauernhof, fattoria',
  cow: 'cow, cows, cattle, bull, calf, moo, mooing, kuh, kuhe, rind, rinder, mucca, mucche, vacca, toro, muggi*, pasture, weide, pascolo',
  sheep:
    'sheep, lamb, lambs, goat*, schaf*, lamm, lammer, ziege*, pecora, pecore, agnell*, capra, capre, bela*',
  horse: 'horse, horses, pony, ponies, neigh*, whinny*, pferd*, wieher*, cavallo, cavalli, nitri*',
  hooves:
    'hoof*, hooves, gallop*, trot, trotting, horse riding, huf, hufe, galopp*, reiten, reiter*, zoccol*, zebra*',
  elephant: 'elephant*, elefant*',
  bear: 'bear, bears, growl*, lion, lions, tiger*, roar*, baren, braunbar, eisbar, knurr*, brull*, lowe, lowen, orso, orsi, leone, leoni, ruggi*, ringhi*',
  // people
  crowd:
    'crowd*, chatter*, murmur*, people talking, audience, party, market, marketplace, menge, menschenmenge, gemurmel, markt, publikum, folla, brusio, mercato, pubblico, festa, conversation*',
  cafe: 'cafe*, coffee shop, coffeehouse, restaurant*, bar counter, pub, bistro, diner, bistrot, ristorante, kaffeehaus, gasthaus, osteria, trattoria, canteen, kantine, mensa',
  applause: 'applau*, clap, claps, clapping, ovation, beifall, klatsch*, battimani, battono le mani',
  cheer: 'cheer, cheers, cheering, stadium, jubel*, stadion, esulta*, stadio, tifosi',
  footsteps:
    'footstep*, step, steps, walk, walks, walking, walked, stroll*, run, runs, running, jogg*, schritt*, gehen, geht, lauf*, spazier*, passo, passi, cammin*, corre, correre, correndo, passegg*, pedestrian*',
  heartbeat: 'heartbeat*, heart beat, pulse, herzschlag*, herzklopf*, battito, battiti, cuore',
  // city and traffic
  traffic:
    'traffic, city, cities, street*, road, roads, highway*, downtown, urban, stadt, stadte, strasse*, verkehr*, autobahn, citta, strada, strade, traffico, urban*, intersection, crossroad*, skyscraper*',
  'car-pass':
    'car, cars, auto, autos, automobil*, macchina, macchine, taxi*, driving, vehicle*, fahrzeug*, veicol*, race car, truck*, lastwagen, lkw, camion',
  motorcycle: 'motorcycl*, motorbike*, moto, motorrad*, motorrader, scooter*, vespa, motociclett*, motorino',
  engine:
    'engine*, motor, idling, bus, buses, motoren, motore, motori, autobus, tractor*, traktor*, trattore, generator*',
  train:
    'train, trains, railway*, railroad, locomotive*, subway, tram, trams, zug, zuge, eisenbahn*, bahn, u bahn, treno, treni, ferrovia, metropolitana, metro',
  'train-horn': 'train horn, train whistle, zugpfeife, fischio del treno',
  plane:
    'plane, planes, airplane*, aeroplane*, aircraft, jet, jets, flugzeug*, aereo, aerei, aeroplano, airport, flughafen, aeroporto',
  helicopter: 'helicopter*, chopper, hubschrauber*, helikopter*, elicotter*, drone, drones, quadcopter*',
  boat: 'boat*, motorboat*, boot, boote, barca, barche, motoscafo, ferry, fahre, traghetto, fishing boat',
  'ship-horn':
    'ship, ships, foghorn, ship horn, harbor, harbour, schiff*, nebelhorn, hafen, nave, navi, porto',
  bicycle:
    'bicycl*, bike, bikes, biking, cycling, cyclist*, fahrrad*, radfahr*, bicicletta, biciclette, ciclist*, bici',
  'bicycle-bell': 'bicycle bell, bike bell, fahrradklingel*, campanello della bici',
  horn: 'honk*, car horn, horns, hupe*, hupt, hupen, clacson',
  siren:
    'siren, sirens, ambulance*, police car, fire truck, sirene, sirenen, martinshorn, krankenwagen, feuerwehr, sirena, ambulanza',
  'church-bell':
    'church bell*, church bells, church, cathedral*, kirchenglocke*, kirche, glocken, dom, campana, campane, chiesa, campanile, duomo, temple',
  skateboard:
    'skateboard*, skating, skater*, skate park, rollerblad*, inliner*, pattin*, suitcase*, koffer, valigia',
  // home and work
  'room-tone':
    'room, rooms, indoors, interior, bedroom, living room, apartment, zimmer, wohnzimmer, innenraum, stanza, camera da letto, salotto, library, bibliothek, biblioteca, museum, museo, hallway, classroom',
  door: 'door, doors, slam*, tur, turen, porta, porte, portone',
  creak: 'creak*, squeak*, knarr*, quietsch*, scricchiol*, cigol*, haunted, spooky house',
  knock: 'knock*, klopf*, bussa, bussare, bussano',
  keyboard:
    'keyboard*, typing, types, typewriter*, computer*, laptop*, office, tastatur*, tippen, tippt, buro, tastiera, digita*, ufficio, coding, programming',
  'mouse-click': 'mouse click*, clicking, mausklick*',
  clock:
    'clock*, tick, ticking, ticks, tick tock, watch ticking, uhr, uhren, tickt, ticken, orologio, orologi, ticchett*, timer',
  phone:
    'phone*, telephone*, smartphone*, ringing, ringtone*, notification*, telefon*, handy, klingelt, telefono, cellulare, squilla, squillo',
  doorbell: 'doorbell*, bell, bells, chime*, klingel, turklingel, glocke, glockchen, campanello, campanella',
  beep: 'beep*, microwave*, alarm, alarm clock, piep*, mikrowelle*, wecker, sveglia, microonde',
  'glass-break':
    'breaking glass, glass breaking, glass break, broken glass, shatter*, smash*, zerbricht, scherben, vetro rotto, frantum*',
  clink:
    'glass, glasses, wine, toast, toasting, bottle*, champagne, glaser, wein, flasche*, anstossen, bicchier*, vino, bottigli*, brindisi, cup, cups, clink*, tea, coffee, kaffee, tee, tasse*, tazz*, caffe',
  cutlery:
    'cutlery, fork*, knife, knives, spoon*, dish, dishes, plate*, dinner, lunch, breakfast, eating, besteck, gabel, messer, loffel, teller, essen, posate, forchett*, coltell*, cucchia*, piatt*, cena, pranzo, mangia*',
  coins: 'coin*, cash, money, munze*, geld, moneta, monete, denaro, soldi',
  sizzling:
    'sizzl*, frying, fry, cooking, cook*, pan, grill*, barbecue, bbq, brat*, kochen, kocht, pfanne*, frigge*, cucin*, cuoc*, padella, stove',
  chopping: 'chop, chops, chopping, cutting, schneide*, hack*, tagli*',
  page: 'page, pages, book*, paper, magazine*, newspaper*, seite*, buch*, papier*, zeitung*, pagina, pagine, libr*, carta, giornale, read, reading, reads, lesen, liest, legge, leggere',
  shutter:
    'camera*, photo*, shutter*, kamera*, foto*, fotoapparat, macchina fotografica, scatto, otturatore, paparazzi',
  hum: 'fridge, refrigerator*, hum, humming, electric*, machine, machines, factory, kuhlschrank*, summ*, fabrik, maschine*, frigorifer*, ronz*, fabbrica, oven, ofen, forno, server*, neon, air conditioner, klimaanlage',
  'hair-dryer':
    'hair dryer, hair drier, hairdryer*, blow dryer, vacuum*, vacuum cleaner, fan, ventilator*, fohn*, haartrockner, staubsaug*, asciugacapelli, phon, aspirapolvere, ventilatore',
  brushing:
    'brush*, sweep*, broom, zahn*, burste*, besen, kehrt, spazzol*, scopa, denti, scrub*, toothbrush*',
  snip: 'scissors, snip*, haircut, barber*, hairdresser*, schere, friseur*, forbici, parrucchier*',
  chainsaw:
    'chainsaw*, chain saw*, saw, sawing, lawnmower*, lawn mower*, kettensage*, motorsage*, rasenmah*, motosega, sega, tosaerba, falciaerba',
  // movement and film
  whoosh: 'whoosh*, swoosh*, swish*, zoom, frisbee*, wusch, sibil*, fly by, sword*, transition*',
  impact:
    'impact*, hit, hits, boom*, bang*, crash*, explosion*, explod*, punch*, aufprall*, knall*, einschlag*, impatto, botto, colpo, schianto, collaps*',
  riser: 'riser*, build up, buildup, rising, suspense, crescendo, spannung, suspence',
  kick: 'football*, soccer, kick, kicks, kicking, fussball*, schuss, calcio, pallone, ball, balls, palla, penalty',
  bounce: 'bounc*, basketball*, dribbl*, prell*, rimbalz*, pallacanestro, volleyball*',
  bat: 'baseball*, bat, golf*, home run, schlager, mazza',
  tennis: 'tennis, racket*, racquet*, badminton, ping pong, tischtennis, racchett*, squash',
  'snow-swish':
    'ski, skis, skiing, skier*, skifahr*, snowboard*, sled*, schlitten*, sci, sciare, sciator*, slitta',
  flutter:
    'flag*, kite*, flutter*, sail, sails, sailing, sailboat*, sailboats, fahne*, drachen, segel*, bandier*, aquilon*, vela, vele, tent, zelt, tenda, laundry, clothesline',
  fireworks: 'firework*, firecracker*, feuerwerk*, fuochi d artificio, silvester, capodanno, new year s eve',
  // elsewhere
  drone:
    'space, spaceship*, spacecraft, galaxy, universe, cosmos, planet*, astronaut*, nebula, stars, weltraum, weltall, raumschiff*, galaxie, sterne, spazio, astronav*, galassia, universo, stelle, sci fi, futuristic',
  shimmer:
    'magic*, fairy, sparkl*, twinkl*, glitter*, wand, zauber*, funkel*, magi*, scintill*, fata, dream*, traum*, sogn*',
};
