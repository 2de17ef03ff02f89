-- Registers a worker, or keeps it registered, with the state of its engine.
local worker, engine, about = unpack(ARGV, 2, 4)
redis.call('ZADD', keyOf('workers', engine), NOW, worker)
redis.call('HSET', keyOf('abouts', engine), worker, about)
redis.call('HSET', keyOf('engines'), engine, about)
redis.call('ZADD', keyOf('engines', 'seen'), NOW, engine)
