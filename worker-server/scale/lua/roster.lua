-- Who works: for each engine its name, how it was last, and how each living worker's is. Others are forgotten.
local silentMs, forgottenMs = tonumber(ARGV[2]), tonumber(ARGV[3])
for _, engine in ipairs(redis.call('ZRANGEBYSCORE', at('engines', 'seen'), 0, NOW - forgottenMs)) do
  redis.call('ZREM', at('engines', 'seen'), engine)
  redis.call('HDEL', at('engines'), engine)
end
local engines = {}
for _, engine in ipairs(redis.call('ZRANGE', at('engines', 'seen'), 0, -1)) do
  for _, silent in ipairs(redis.call('ZRANGEBYSCORE', at('workers', engine), 0, NOW - silentMs)) do
    redis.call('ZREM', at('workers', engine), silent)
    redis.call('HDEL', at('abouts', engine), silent)
  end
  engines[#engines + 1] = { engine, redis.call('HGET', at('engines'), engine), redis.call('HVALS', at('abouts', engine)) }
end
return engines
