-- A worker lives, and says how its engine is.
local worker, engine, about = unpack(ARGV, 2, 4)
redis.call('ZADD', at('workers', engine), NOW, worker)
redis.call('HSET', at('abouts', engine), worker, about)
redis.call('HSET', at('engines'), engine, about)
redis.call('ZADD', at('engines', 'seen'), NOW, engine)
