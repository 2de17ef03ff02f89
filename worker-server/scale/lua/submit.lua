-- Admits a job: it is answered at once by a finished run, joins one in progress, or is queued.
local id, client, digest, verb, engine, key, newRun, spec, still, bucket = unpack(ARGV, 2, 11)
local medianOrNone, maxQueued, maxOfClient = tonumber(ARGV[12]), tonumber(ARGV[13]), tonumber(ARGV[14])
local median = medianOrNone >= 0 and medianOrNone or nil

local known, knownRun = unpack(redis.call('HMGET', keyOf('job', id), 'request', 'run'))
if known and redis.call('EXISTS', keyOf('run', knownRun)) == 1 then
  return { known == digest and 'known' or 'conflict' }
end
redis.call('DEL', keyOf('job', id), keyOf('events', id))

local run = redis.call('GET', keyOf('answer', key))
local status = run and redis.call('HGET', keyOf('run', run), 'status')
if status == 'done' and redis.call('HGET', keyOf('run', run), 'bytes') ~= '0' then
  -- A finished run without its sound can't be reused.
  if redis.call('EXISTS', keyOf('sound', run)) == 0 then status = nil end
end
if status ~= 'done' and status ~= 'running' and status ~= 'queued' then run, status = nil, nil end

local function create(as, startTag)
  redis.call('HSET', keyOf('job', id), 'client', client, 'request', digest, 'run', run, 'verb', verb)
  redis.call('HSET', keyOf('job', id), 'status', as, 'seq', 0, 'createdAt', NOW)
  redis.call('ZADD', keyOf('run', run, 'all'), NOW, id)
  if as == 'done' then return end
  redis.call('ZADD', keyOf('run', run, 'jobs'), NOW, id)
  redis.call('ZADD', keyOf('client', client), startTag, id)
  redis.call('ZADD', keyOf('turns', engine, client), startTag, id)
  redis.call('SADD', keyOf(as), id)
end

-- Emits the parts and the text that the run has made so far.
local function emitOutput()
  for _, body in ipairs(redis.call('LRANGE', keyOf('run', run, 'parts'), 0, -1)) do emit(id, 'part', body) end
  local text = redis.call('HGET', keyOf('run', run), 'text')
  if text then emit(id, 'text', text) end
end

if status == 'done' then
  create('done')
  emitPosition(id, 'accepted', 0, 0)
  emitOutput()
  emitDone(id, redis.call('HGET', keyOf('run', run), 'result'), 0)
  touch(run)
  endJob(id, 'done')
  redis.call('HINCRBY', keyOf('totals'), 'cacheHitsTotal', 1)
  return { 'done' }
end

local unfinished = redis.call('ZCARD', keyOf('client', client))
if unfinished >= maxOfClient then return { 'ownFull', unfinished } end
if status ~= 'running' and redis.call('SCARD', keyOf('queued')) >= maxQueued then return { 'full' } end

if status == 'running' then
  local startedAt = redis.call('HGET', keyOf('run', run), 'startedAt')
  local eta = median and math.max(0, median - (NOW - startedAt))
  create('running', 0)
  emitPosition(id, 'accepted', 0, eta)
  emitStarted(id, eta)
  emitOutput()
  return { 'joined' }
end

-- See startTag() in fair-queue.ts. The virtual time is reset when the engine is idle.
local isIdle = redis.call('ZCARD', keyOf('waiting', engine)) + redis.call('ZCARD', keyOf('working', engine)) == 0
if isIdle then redis.call('DEL', keyOf('served', engine)) end
local startTag = tonumber(redis.call('GET', keyOf('served', engine)) or 0)
local last = redis.call('ZREVRANGE', keyOf('turns', engine, client), 0, 0, 'WITHSCORES')[2]
if last then startTag = math.max(startTag, last + 1) end

local isNew = run == nil
if isNew then
  run = newRun
  local ordinal = redis.call('INCR', keyOf('ordinals'))
  redis.call('HSET', keyOf('run', run), 'key', key, 'verb', verb, 'engine', engine, 'spec', spec, 'bucket', bucket)
  redis.call('HSET', keyOf('run', run), 'turn', startTag, 'ordinal', ordinal)
  redis.call('HSET', keyOf('run', run), 'deaths', 0, 'bytes', 0, 'createdAt', NOW)
  if still ~= '' then redis.call('HSET', keyOf('run', run), 'still', still) end
  redis.call('SET', keyOf('answer', key), run)
elseif startTag < tonumber(redis.call('HGET', keyOf('run', run), 'turn')) then
  redis.call('HSET', keyOf('run', run), 'turn', startTag)
end
enqueue(run, engine)
create('queued', startTag)
local position, rounds = positionOf(run, engine)
emitPosition(id, 'accepted', position, median and (rounds + 1) * median)
return { isNew and 'queued' or 'shared', run, redis.call('HGET', keyOf('run', run), 'turn') }
