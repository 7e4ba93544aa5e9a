-- Mixed load on lists, searches and pages of a filled folder, at about 200 requests a second over 20 connections.
-- wrk -t1 -c20 -d20s --latency -s crates/demo/examples/mixed.lua http://127.0.0.1:8080 -- SESSION
local paths, n = {}, 0
function init(args)
  local cookie = args[1]
  wrk.headers["Cookie"] = "keqiao_session=" .. cookie
  local function get(path)
    local pipe = io.popen(string.format("curl -s -b 'keqiao_session=%s' 'http://%s:%s%s'", cookie, wrk.host, wrk.port, path))
    local text = pipe:read("*a"); pipe:close(); return text
  end
  local people, reports = {}, {}
  for page = 1, 10 do
    for id in get("/directory/people?page=" .. page * 20):gmatch("/directory/people/(%x+)\"") do people[#people + 1] = id end
    for id in get("/desk?page=" .. page):gmatch("/desk/reports/(%x+)\"") do reports[#reports + 1] = id end
  end
  local words = { "%E7%8E%8B", "%E6%9D%8E%E5%B0%8F", "zhang", "lxm", "%E5%86%9C%E4%B8%9A", "138", "%E5%88%98%E8%8A%B3", "gong" }
  math.randomseed(1)
  local function any(list) return list[math.random(#list)] end
  for i = 1, 2000 do
    local kind = i % 10
    if kind < 3 then paths[i] = "/directory/people?page=" .. math.random(200)
    elseif kind < 6 then paths[i] = "/directory/people?q=" .. any(words)
    elseif kind < 8 then paths[i] = "/directory/people/" .. any(people)
    elseif kind < 9 then paths[i] = "/desk/reports/" .. any(reports)
    else paths[i] = "/desk?page=" .. math.random(10) end
  end
end
function delay() return 95 end
function request() n = n % #paths + 1; return wrk.format("GET", paths[n]) end
function done(summary, latency)
  io.write(string.format("p95 %.1f ms; answers that were no 200: %d\n", latency:percentile(95) / 1000, summary.errors.status))
end
