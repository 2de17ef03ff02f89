-- Lists the engines: name, state at the last heartbeat, state of each running worker. Removes those that timed out.
local timeoutMs, expiryMs = tonumber(ARGV[2]), tonumber(ARGV[3])
for _, engine in ipairs(redis.call('ZRANGEBYSCORE', keyOf('engines', 'seen'), 0, NOW - expiryMs)) do
  redis.call('ZREM', keyOf('engines', 'seen'), engine)
  redis.call('HDEL', keyOf('engines'), engine)
end
local engines = {}
for _, engine in ipairs(redis.call('ZRANGE', keyOf('engines', 'seen'), 0, -1)) do
  for _, worker in ipairs(redis.call('ZRANGEBYSCORE', keyOf('workers', engine), 0, NOW - timeoutMs)) do
    redis.call('ZREM', keyOf('workers', engine), worker)
    redis.call('HDEL', keyOf('abouts', engine), worker)
  end
  local last = redis.call('HGET', keyOf('engines'), engine)
  engines[#engines + 1] = { engine, last, redis.call('HVALS', keyOf('abouts', engine)) }
end
return engines
