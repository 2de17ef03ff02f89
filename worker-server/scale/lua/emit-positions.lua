-- Emits new positions to the waiting jobs of an engine. Arguments: run, position, milliseconds (or -1), repeated.
for i = 2, #ARGV, 3 do
  local run, position, eta = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2])
  if redis.call('HGET', keyOf('run', run), 'status') == 'queued' then
    for _, job in ipairs(jobsOf(run)) do
      if redis.call('HGET', keyOf('job', job), 'told') ~= position then
        emitPosition(job, 'queued', position, eta >= 0 and eta or nil)
      end
    end
  end
end
