-- Prepended to every script. KEYS[1]: prefix of all keys. ARGV[1]: how long ended jobs are kept, milliseconds.
--
-- Stored names are older than those in the code: `bell:*` are the channels of notifications, `answer:*` the run of a
-- content key, `turns:*` the start tags of a client, `served:*` the virtual time of an engine, `moved:*` set when positions
-- have changed, `kept` and `uses` the order of use, `sizes` and `keptBytes` the cache; in a run, `turn` is its start tag
-- and `deaths` the number of crashes; in a job, `told` is the position that was emitted last.
local function keyOf(...)
  return KEYS[1] .. ':' .. table.concat({ ... }, ':')
end

local RETENTION_MS = tonumber(ARGV[1])
local clock = redis.call('TIME')
local NOW = clock[1] * 1000 + math.floor(clock[2] / 1000)
-- Kinds of events that are obsolete as soon as a newer one of their kind is emitted.
local TRANSIENT = { queued = true, progress = true, text = true }

local function notify(name)
  redis.call('PUBLISH', keyOf('bell', name), '')
end

-- The positions in the queue of an engine have changed; see queue-monitor.ts.
local function positionsChanged(engine)
  redis.call('SET', keyOf('moved', engine), '1')
end

-- Deletes the oldest obsolete event.
local function trim(events)
  local hasNewer, obsolete = {}, nil
  for _, event in ipairs(redis.call('XREVRANGE', events, '+', '-')) do
    local kind = event[2][2]
    if TRANSIENT[kind] then
      if hasNewer[kind] then obsolete = event[1] end
      hasNewer[kind] = true
    end
  end
  if obsolete then redis.call('XDEL', events, obsolete) end
end

-- Appends a numbered event. `body` is its JSON without the job and the number.
local function emit(job, kind, body)
  local seq = redis.call('HINCRBY', keyOf('job', job), 'seq', 1)
  redis.call('HSET', keyOf('job', job), 'last', body)
  redis.call('XADD', keyOf('events', job), seq .. '-0', 't', kind, 'body', body)
  if redis.call('XLEN', keyOf('events', job)) > EVENTS_PER_JOB then trim(keyOf('events', job)) end
  notify('job:' .. job)
end

local function jsonNumber(value)
  return value and string.format('%d', value) or 'null'
end

local function emitPosition(job, kind, position, eta)
  redis.call('HSET', keyOf('job', job), 'told', position)
  local body = '{"t":"%s","position":%d,"etaMs":%s}'
  emit(job, kind, string.format(body, kind, position, jsonNumber(eta)))
end

local function emitStarted(job, eta)
  emit(job, 'started', string.format('{"t":"started","etaMs":%s}', jsonNumber(eta)))
end

-- `result` is the JSON of the run's result, a non-empty object, to which the job's own time in the queue is added.
local function emitDone(job, result, queuedMs)
  local body = '{"t":"done","result":%s,"queuedMs":%d}}'
  emit(job, 'done', string.format(body, string.sub(result, 1, -2), queuedMs))
end

-- The queued or running jobs of a run.
local function jobsOf(run)
  return redis.call('ZRANGE', keyOf('run', run, 'jobs'), 0, -1)
end

local function setStatus(run, from, to)
  for _, job in ipairs(jobsOf(run)) do
    redis.call('HSET', keyOf('job', job), 'status', to)
    redis.call('SREM', keyOf(from), job)
    redis.call('SADD', keyOf(to), job)
  end
end

-- Ends a job and erases the address of its client.
local function endJob(job, status)
  local client, run = unpack(redis.call('HMGET', keyOf('job', job), 'client', 'run'))
  local engine = redis.call('HGET', keyOf('run', run), 'engine')
  redis.call('ZREM', keyOf('run', run, 'jobs'), job)
  redis.call('ZREM', keyOf('client', client), job)
  redis.call('ZREM', keyOf('turns', engine, client), job)
  redis.call('SREM', keyOf('queued'), job)
  redis.call('SREM', keyOf('running'), job)
  redis.call('HSET', keyOf('job', job), 'status', status)
  redis.call('HDEL', keyOf('job', job), 'client')
  redis.call('PEXPIRE', keyOf('job', job), RETENTION_MS)
  redis.call('PEXPIRE', keyOf('events', job), RETENTION_MS)
  redis.call('HINCRBY', keyOf('totals'), status .. 'Total', 1)
end

local function keysOfRun(run)
  local keys = { keyOf('run', run), keyOf('run', run, 'parts'), keyOf('run', run, 'jobs'), keyOf('run', run, 'all') }
  keys[#keys + 1] = keyOf('sound', run)
  local answer = keyOf('answer', redis.call('HGET', keyOf('run', run), 'key') or '')
  if redis.call('GET', answer) == run then keys[#keys + 1] = answer end
  return keys
end

-- Marks a run as used, and starts its retention again.
local function touch(run)
  redis.call('ZADD', keyOf('kept'), redis.call('INCR', keyOf('uses')), run)
  for _, key in ipairs(keysOfRun(run)) do redis.call('PEXPIRE', key, RETENTION_MS) end
end

-- Ends a run without a result. Its record is kept for a while, as the records of its jobs refer to it.
local function abandonRun(run, status)
  local engine = redis.call('HGET', keyOf('run', run), 'engine')
  redis.call('HSET', keyOf('run', run), 'status', status, 'bytes', 0)
  redis.call('HDEL', keyOf('run', run), 'still')
  redis.call('ZREM', keyOf('waiting', engine), run)
  redis.call('ZREM', keyOf('working', engine), run)
  redis.call('DEL', keyOf('sound', run))
  for _, key in ipairs(keysOfRun(run)) do redis.call('PEXPIRE', key, RETENTION_MS) end
  local answer = keyOf('answer', redis.call('HGET', keyOf('run', run), 'key'))
  if redis.call('GET', answer) == run then redis.call('DEL', answer) end
  notify('run:' .. run)
  positionsChanged(engine)
end

-- Fails the jobs of a run. `body` is the JSON of their last event.
local function failRun(run, body)
  for _, job in ipairs(jobsOf(run)) do
    emit(job, 'failed', body)
    endJob(job, 'failed')
  end
  abandonRun(run, 'failed')
end

-- Queues a run by its start tag, then by age.
local function enqueue(run, engine)
  local startTag, ordinal = unpack(redis.call('HMGET', keyOf('run', run), 'turn', 'ordinal'))
  redis.call('HSET', keyOf('run', run), 'status', 'queued')
  redis.call('ZREM', keyOf('working', engine), run)
  redis.call('ZADD', keyOf('waiting', engine), startTag * 4294967296 + ordinal % 4294967296, run)
  positionsChanged(engine)
end

-- The number of runs before a waiting one, and the number of rounds of all workers before it starts.
local function positionOf(run, engine)
  local rank = redis.call('ZRANK', keyOf('waiting', engine), run)
  local working = redis.call('ZCARD', keyOf('working', engine))
  local workers = math.max(1, redis.call('ZCARD', keyOf('workers', engine)))
  local isBusy = working >= workers
  return rank + (isBusy and 1 or 0), math.floor((rank + working) / workers)
end

-- True when the attempt with this token no longer holds the run, and may not write to it.
local function isStale(run, token)
  local status, holder = unpack(redis.call('HMGET', keyOf('run', run), 'status', 'token'))
  return status ~= 'running' or holder ~= token
end
local STALE = { err = 'STALE The run was cancelled, or another attempt holds it.' }
-- A Redis that was killed may have lost its last second of writes, so that the next one doesn't fit.
local GAP = { err = 'GAP An earlier write was lost.' }
