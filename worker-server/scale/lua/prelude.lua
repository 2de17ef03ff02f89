-- Stands before every script. KEYS[1]: where all keys are. ARGV[1]: how long ended jobs are kept, milliseconds.
local function at(...)
  return KEYS[1] .. ':' .. table.concat({ ... }, ':')
end

local KEPT = tonumber(ARGV[1])
local clock = redis.call('TIME')
local NOW = clock[1] * 1000 + math.floor(clock[2] / 1000)
-- News that newer ones of their kind replace.
local TRANSIENT = { queued = true, progress = true, text = true }

local function notify(name)
  redis.call('PUBLISH', at('bell', name), '')
end

-- The order of those who wait for an engine has changed.
local function moved(engine)
  redis.call('SET', at('moved', engine), '1')
end

-- Takes away the oldest news that newer ones of their kind have replaced.
local function trim(events)
  local hasNewer, spare = {}, nil
  for _, event in ipairs(redis.call('XREVRANGE', events, '+', '-')) do
    local kind = event[2][2]
    if TRANSIENT[kind] then
      if hasNewer[kind] then spare = event[1] end
      hasNewer[kind] = true
    end
  end
  if spare then redis.call('XDEL', events, spare) end
end

-- Numbers news of a job and keeps them. `body` is JSON without the job and the number.
local function emit(job, kind, body)
  local seq = redis.call('HINCRBY', at('job', job), 'seq', 1)
  redis.call('HSET', at('job', job), 'last', body)
  redis.call('XADD', at('events', job), seq .. '-0', 't', kind, 'body', body)
  if redis.call('XLEN', at('events', job)) > EVENTS_PER_JOB then trim(at('events', job)) end
  notify('job:' .. job)
end

local function number(value)
  return value and string.format('%d', value) or 'null'
end

local function emitPosition(job, kind, position, eta)
  redis.call('HSET', at('job', job), 'told', position)
  local body = '{"t":"%s","position":%d,"etaMs":%s}'
  emit(job, kind, string.format(body, kind, position, number(eta)))
end

local function emitStarted(job, eta)
  emit(job, 'started', string.format('{"t":"started","etaMs":%s}', number(eta)))
end

-- `result` is a JSON object that is not empty; one more member of it is the job's own.
local function emitDone(job, result, queuedMs)
  local body = '{"t":"done","result":%s,"queuedMs":%d}}'
  emit(job, 'done', string.format(body, string.sub(result, 1, -2), queuedMs))
end

-- The jobs that wait for a run or follow it while it runs.
local function jobsOf(run)
  return redis.call('ZRANGE', at('run', run, 'jobs'), 0, -1)
end

local function setActive(run, from, to)
  for _, job in ipairs(jobsOf(run)) do
    redis.call('HSET', at('job', job), 'status', to)
    redis.call('SREM', at(from), job)
    redis.call('SADD', at(to), job)
  end
end

-- An ended job keeps no address of its client.
local function endJob(job, status)
  local client, run = unpack(redis.call('HMGET', at('job', job), 'client', 'run'))
  local engine = redis.call('HGET', at('run', run), 'engine')
  redis.call('ZREM', at('run', run, 'jobs'), job)
  redis.call('ZREM', at('client', client), job)
  redis.call('ZREM', at('turns', engine, client), job)
  redis.call('SREM', at('queued'), job)
  redis.call('SREM', at('running'), job)
  redis.call('HSET', at('job', job), 'status', status)
  redis.call('HDEL', at('job', job), 'client')
  redis.call('PEXPIRE', at('job', job), KEPT)
  redis.call('PEXPIRE', at('events', job), KEPT)
  redis.call('HINCRBY', at('totals'), status .. 'Total', 1)
end

local function keysOf(run)
  local keys = { at('run', run), at('run', run, 'parts'), at('run', run, 'jobs'), at('run', run, 'all') }
  keys[#keys + 1] = at('sound', run)
  local answer = at('answer', redis.call('HGET', at('run', run), 'key') or '')
  if redis.call('GET', answer) == run then keys[#keys + 1] = answer end
  return keys
end

-- Somebody asked for it: it is kept from now on as long as anything.
local function keep(run)
  redis.call('ZADD', at('kept'), redis.call('INCR', at('uses')), run)
  for _, key in ipairs(keysOf(run)) do redis.call('PEXPIRE', key, KEPT) end
end

-- A run that answers nobody. Its record stays a while for the jobs that it failed.
local function giveUp(run, status)
  local engine = redis.call('HGET', at('run', run), 'engine')
  redis.call('HSET', at('run', run), 'status', status, 'bytes', 0)
  redis.call('HDEL', at('run', run), 'still')
  redis.call('ZREM', at('waiting', engine), run)
  redis.call('ZREM', at('working', engine), run)
  redis.call('DEL', at('sound', run))
  for _, key in ipairs(keysOf(run)) do redis.call('PEXPIRE', key, KEPT) end
  local answer = at('answer', redis.call('HGET', at('run', run), 'key'))
  if redis.call('GET', answer) == run then redis.call('DEL', answer) end
  notify('run:' .. run)
  moved(engine)
end

-- `body` is the event that the jobs of a failed run are told.
local function failRun(run, body)
  for _, job in ipairs(jobsOf(run)) do
    emit(job, 'failed', body)
    endJob(job, 'failed')
  end
  giveUp(run, 'failed')
end

-- Puts a run that was under way, or a new one, where its turn is.
local function enqueue(run, engine)
  local turn, ordinal = unpack(redis.call('HMGET', at('run', run), 'turn', 'ordinal'))
  redis.call('HSET', at('run', run), 'status', 'queued')
  redis.call('ZREM', at('working', engine), run)
  redis.call('ZADD', at('waiting', engine), turn * 4294967296 + ordinal % 4294967296, run)
  moved(engine)
end

-- How many runs come before a waiting one, and in how many rounds of all workers its own turn comes.
local function placeOf(run, engine)
  local rank = redis.call('ZRANK', at('waiting', engine), run)
  local working = redis.call('ZCARD', at('working', engine))
  local workers = math.max(1, redis.call('ZCARD', at('workers', engine)))
  local isBusy = working >= workers
  return rank + (isBusy and 1 or 0), math.floor((rank + working) / workers)
end

-- Only the attempt that holds the run may say anything about it.
local function isStale(run, token)
  local status, holder = unpack(redis.call('HMGET', at('run', run), 'status', 'token'))
  return status ~= 'running' or holder ~= token
end
local STALE = { err = 'STALE The run is another attempt’s, or nobody’s any more.' }
-- A Redis that was killed may have forgotten the last second before: what is said does not follow what it knows.
local GAP = { err = 'GAP Something that was said before is not known.' }
