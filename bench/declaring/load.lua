-- Sends one line of a file after the other, each with a fresh UUID where @REPORT@ stands.
-- wrk ... -s load.lua URL -- FILE DEVICE-HEADER
local lines, at, device = {}, 0, ""
local random = math.random
local function uuid()
  return string.format("%04x%04x-%04x-4%03x-a%03x-%04x%04x%04x", random(0, 65535), random(0, 65535),
    random(0, 65535), random(0, 4095), random(0, 4095), random(0, 65535), random(0, 65535), random(0, 65535))
end
local threads = 0
function setup(thread)
  threads = threads + 1
  thread:set("seed", os.time() * 97 + threads * 7919)
  thread:set("number", threads)
end
function init(args)
  local file = io.open("/dev/urandom", "rb")
  local drawn = file:read(6)
  file:close()
  for place = 1, 6 do seed = seed * 31 % 2147483647 + string.byte(drawn, place) end
  math.randomseed(seed)
  for line in io.lines(args[1]) do lines[#lines + 1] = line end
  device = args[2] or ""
  at = number * 911 % #lines
  wrk.headers["Content-Type"] = "application/json"
end
function request()
  at = at % #lines + 1
  if device ~= "" then wrk.headers[device] = string.format("%d-%d", number, random(0, 2147483647)) end
  local body = lines[at]:gsub("@REPORT@", uuid())
  return wrk.format("POST", nil, nil, body)
end
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("RESULT %d %d %d %.3f %.3f %.3f %.3f\n", summary.requests, summary.duration,
    e.status + e.connect + e.read + e.write + e.timeout, latency:percentile(50) / 1000,
    latency:percentile(95) / 1000, latency:percentile(99) / 1000, latency.max / 1000))
end
