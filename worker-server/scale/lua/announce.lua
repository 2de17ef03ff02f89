-- Records a new part and emits it. A retried run must make the same parts as before, which are not emitted again.
local run, token, index, body = ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5]
if isStale(run, token) then return STALE end
local known = redis.call('LINDEX', keyOf('run', run, 'parts'), index)
if known then return known == body and 'known' or 'differs' end
if index ~= redis.call('LLEN', keyOf('run', run, 'parts')) then return GAP end
redis.call('RPUSH', keyOf('run', run, 'parts'), body)
for _, job in ipairs(jobsOf(run)) do emit(job, 'part', body) end
return 'announced'
