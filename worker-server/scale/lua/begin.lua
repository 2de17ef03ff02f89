-- An attempt at a run begins. The one before it may have died without a word.
local run, token, key = unpack(ARGV, 2, 4)
local mostDeaths, own, twice = tonumber(ARGV[5]), tonumber(ARGV[6]), ARGV[7]
local status, holder, engine, turn = unpack(redis.call('HMGET', at('run', run), 'status', 'token', 'engine', 'turn'))
if status ~= 'queued' and status ~= 'running' then return { 'gone' } end
if status == 'queued' or holder ~= token then
  if status == 'running' and redis.call('HINCRBY', at('run', run), 'deaths', 1) > mostDeaths then
    failRun(run, twice)
    return { 'gone' }
  end
  redis.call('HSET', at('run', run), 'status', 'running', 'token', token, 'key', key, 'startedAt', NOW)
  redis.call('SET', at('answer', key), run)
  redis.call('ZREM', at('waiting', engine), run)
  redis.call('ZADD', at('working', engine), NOW, run)
  local served = tonumber(redis.call('GET', at('served', engine)) or 0)
  redis.call('SET', at('served', engine), math.max(served, tonumber(turn)))
  setActive(run, 'queued', 'running')
  for _, job in ipairs(jobsOf(run)) do emitStarted(job, own >= 0 and own or nil) end
  redis.call('HINCRBY', at('totals'), 'runsTotal', 1)
  moved(engine)
end
local deaths, bytes = unpack(redis.call('HMGET', at('run', run), 'deaths', 'bytes'))
return { 'begun', deaths, bytes }
