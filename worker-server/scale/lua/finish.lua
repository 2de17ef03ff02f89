-- Completes a run and its jobs, then evicts the least recently used runs until the cache has its size.
local run, token, result, bytes, ranMs = ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5]), ARGV[6]
local cacheBytes, samplesPerBucket = tonumber(ARGV[7]), tonumber(ARGV[8])
if isStale(run, token) then return STALE end
if tonumber(redis.call('HGET', keyOf('run', run), 'bytes')) ~= bytes then return GAP end
local engine, bucket, startedAt = unpack(redis.call('HMGET', keyOf('run', run), 'engine', 'bucket', 'startedAt'))
redis.call('HSET', keyOf('run', run), 'status', 'done', 'result', result)
redis.call('HDEL', keyOf('run', run), 'still')
redis.call('ZREM', keyOf('working', engine), run)
redis.call('LPUSH', keyOf('durations', bucket), ranMs)
redis.call('LTRIM', keyOf('durations', bucket), 0, samplesPerBucket - 1)
for _, job in ipairs(jobsOf(run)) do
  emitDone(job, result, math.max(0, startedAt - redis.call('HGET', keyOf('job', job), 'createdAt')))
  endJob(job, 'done')
end
touch(run)
redis.call('HSET', keyOf('sizes'), run, bytes)
local total = redis.call('INCRBY', keyOf('keptBytes'), bytes)
notify('run:' .. run)
positionsChanged(engine)

local function remove(old)
  total = redis.call('DECRBY', keyOf('keptBytes'), redis.call('HGET', keyOf('sizes'), old) or 0)
  redis.call('ZREM', keyOf('kept'), old)
  redis.call('HDEL', keyOf('sizes'), old)
  for _, job in ipairs(redis.call('ZRANGE', keyOf('run', old, 'all'), 0, -1)) do
    -- A client may have submitted the same id again since then, for another run.
    if redis.call('HGET', keyOf('job', job), 'run') == old then
      redis.call('DEL', keyOf('job', job), keyOf('events', job))
    end
  end
  redis.call('DEL', unpack(keysOfRun(old)))
end

-- Least recently used first. The newest is kept whatever its size: its client is about to download it.
for _, old in ipairs(redis.call('ZRANGE', keyOf('kept'), 0, -2)) do
  local isGone = redis.call('EXISTS', keyOf('run', old)) == 0
  if not isGone and total <= cacheBytes then break end
  remove(old)
end
