-- A run is complete: its jobs are done, and what is too old or too much goes.
local run, token, result, bytes, ranMs = ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5]), ARGV[6]
local mostBytes, remembered = tonumber(ARGV[7]), tonumber(ARGV[8])
if isStale(run, token) then return STALE end
if tonumber(redis.call('HGET', at('run', run), 'bytes')) ~= bytes then return GAP end
local engine, bucket, startedAt = unpack(redis.call('HMGET', at('run', run), 'engine', 'bucket', 'startedAt'))
redis.call('HSET', at('run', run), 'status', 'done', 'result', result)
redis.call('HDEL', at('run', run), 'still')
redis.call('ZREM', at('working', engine), run)
redis.call('LPUSH', at('durations', bucket), ranMs)
redis.call('LTRIM', at('durations', bucket), 0, remembered - 1)
for _, job in ipairs(jobsOf(run)) do
  emitDone(job, result, math.max(0, startedAt - redis.call('HGET', at('job', job), 'createdAt')))
  endJob(job, 'done')
end
keep(run)
redis.call('HSET', at('sizes'), run, bytes)
local total = redis.call('INCRBY', at('keptBytes'), bytes)
notify('run:' .. run)
moved(engine)

local function remove(old)
  total = redis.call('DECRBY', at('keptBytes'), redis.call('HGET', at('sizes'), old) or 0)
  redis.call('ZREM', at('kept'), old)
  redis.call('HDEL', at('sizes'), old)
  for _, job in ipairs(redis.call('ZRANGE', at('run', old, 'all'), 0, -1)) do
    -- A client may have handed in the same id again since then.
    if redis.call('HGET', at('job', job), 'run') == old then redis.call('DEL', at('job', job), at('events', job)) end
  end
  redis.call('DEL', unpack(keysOf(old)))
end

-- Those that were not asked for the longest come first. The newest is what somebody waits for just now.
for _, old in ipairs(redis.call('ZRANGE', at('kept'), 0, -2)) do
  local isGone = redis.call('EXISTS', at('run', old)) == 0
  if not isGone and total <= mostBytes then break end
  remove(old)
end
