-- A worker stops in good order.
local worker, engine = unpack(ARGV, 2, 3)
redis.call('ZREM', at('workers', engine), worker)
redis.call('HDEL', at('abouts', engine), worker)
