-- A listener who seeks: 64 KiB from somewhere in the file. Needs the environment's SIZE.
local size = tonumber(os.getenv("SIZE"))
request = function()
  local first = math.random(0, size - 65536)
  wrk.headers["Range"] = string.format("bytes=%d-%d", first, first + 65535)
  return wrk.format("GET", nil)
end
