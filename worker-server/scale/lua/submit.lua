-- Takes a job: it is answered at once, joins a run, or waits for one of its own.
local id, client, digest, verb, engine, key, fresh, spec, still, bucket = unpack(ARGV, 2, 11)
local own, mostQueued, mostOfClient = tonumber(ARGV[12]), tonumber(ARGV[13]), tonumber(ARGV[14])
local median = own >= 0 and own or nil

local known, knownRun = unpack(redis.call('HMGET', at('job', id), 'request', 'run'))
if known and redis.call('EXISTS', at('run', knownRun)) == 1 then
  return { known == digest and 'known' or 'conflict' }
end
redis.call('DEL', at('job', id), at('events', id))

local run = redis.call('GET', at('answer', key))
local status = run and redis.call('HGET', at('run', run), 'status')
if status == 'done' and redis.call('HGET', at('run', run), 'bytes') ~= '0' then
  -- A finished run whose sound is gone answers nobody.
  if redis.call('EXISTS', at('sound', run)) == 0 then status = nil end
end
if status ~= 'done' and status ~= 'running' and status ~= 'queued' then run, status = nil, nil end

local function create(as, turn)
  redis.call('HSET', at('job', id), 'client', client, 'request', digest, 'run', run, 'verb', verb)
  redis.call('HSET', at('job', id), 'status', as, 'seq', 0, 'createdAt', NOW)
  redis.call('ZADD', at('run', run, 'all'), NOW, id)
  if as == 'done' then return end
  redis.call('ZADD', at('run', run, 'jobs'), NOW, id)
  redis.call('ZADD', at('client', client), turn, id)
  redis.call('ZADD', at('turns', engine, client), turn, id)
  redis.call('SADD', at(as), id)
end

local function emitOutput()
  for _, body in ipairs(redis.call('LRANGE', at('run', run, 'parts'), 0, -1)) do emit(id, 'part', body) end
  local text = redis.call('HGET', at('run', run), 'text')
  if text then emit(id, 'text', text) end
end

if status == 'done' then
  create('done')
  emitPosition(id, 'accepted', 0, 0)
  emitOutput()
  emitDone(id, redis.call('HGET', at('run', run), 'result'), 0)
  keep(run)
  endJob(id, 'done')
  redis.call('HINCRBY', at('totals'), 'cacheHitsTotal', 1)
  return { 'done' }
end

local unfinished = redis.call('ZCARD', at('client', client))
if unfinished >= mostOfClient then return { 'ownFull', unfinished } end
if status ~= 'running' and redis.call('SCARD', at('queued')) >= mostQueued then return { 'full' } end

if status == 'running' then
  local startedAt = redis.call('HGET', at('run', run), 'startedAt')
  local eta = median and math.max(0, median - (NOW - startedAt))
  create('running', 0)
  emitPosition(id, 'accepted', 0, eta)
  emitStarted(id, eta)
  emitOutput()
  return { 'joined' }
end

-- See turnOf() in fair-order.ts. Where nothing is left to do, turns begin anew.
local isIdle = redis.call('ZCARD', at('waiting', engine)) + redis.call('ZCARD', at('working', engine)) == 0
if isIdle then redis.call('DEL', at('served', engine)) end
local turn = tonumber(redis.call('GET', at('served', engine)) or 0)
local last = redis.call('ZREVRANGE', at('turns', engine, client), 0, 0, 'WITHSCORES')[2]
if last then turn = math.max(turn, last + 1) end

local isNew = run == nil
if isNew then
  run = fresh
  local ordinal = redis.call('INCR', at('ordinals'))
  redis.call('HSET', at('run', run), 'key', key, 'verb', verb, 'engine', engine, 'spec', spec, 'bucket', bucket)
  redis.call('HSET', at('run', run), 'turn', turn, 'ordinal', ordinal, 'deaths', 0, 'bytes', 0, 'createdAt', NOW)
  if still ~= '' then redis.call('HSET', at('run', run), 'still', still) end
  redis.call('SET', at('answer', key), run)
elseif turn < tonumber(redis.call('HGET', at('run', run), 'turn')) then
  redis.call('HSET', at('run', run), 'turn', turn)
end
enqueue(run, engine)
create('queued', turn)
local position, rounds = placeOf(run, engine)
emitPosition(id, 'accepted', position, median and (rounds + 1) * median)
return { isNew and 'queued' or 'shared', run, redis.call('HGET', at('run', run), 'turn') }
