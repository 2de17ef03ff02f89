-- Unregisters a worker that stops.
local worker, engine = unpack(ARGV, 2, 3)
redis.call('ZREM', keyOf('workers', engine), worker)
redis.call('HDEL', keyOf('abouts', engine), worker)
