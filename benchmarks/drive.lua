-- Sends the requests of a list, one after the other, from the top again at its end; prints what
-- came of it as a line of JSON. CITIZEN_VOICE_BENCH_REQUESTS names the file with the list.
local list, turn = {}, 0

function init(_arguments)
  local described = dofile(os.getenv("CITIZEN_VOICE_BENCH_REQUESTS"))
  for place, one in ipairs(described) do
    list[place] = wrk.format(one.method, one.path, one.headers, one.body)
  end
end

function request()
  turn = turn % #list + 1
  return list[turn]
end

function done(summary, latency, _requests)
  local wrong = summary.errors
  print(string.format(
    '{"microseconds": %d, "requests": %d, "refused": %d, "lost": %d, "p50": %d, "p95": %d}',
    summary.duration, summary.requests, wrong.status,
    wrong.connect + wrong.read + wrong.write + wrong.timeout,
    latency:percentile(50), latency:percentile(95)
  ))
end
