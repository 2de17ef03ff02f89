-- A part of the sound begins. A repeated run announces only what was not announced before, and must agree with the rest.
local run, token, index, body = ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5]
if isStale(run, token) then return STALE end
local known = redis.call('LINDEX', at('run', run, 'parts'), index)
if known then return known == body and 'known' or 'differs' end
if index ~= redis.call('LLEN', at('run', run, 'parts')) then return GAP end
redis.call('RPUSH', at('run', run, 'parts'), body)
for _, job in ipairs(jobsOf(run)) do emit(job, 'part', body) end
return 'told'
