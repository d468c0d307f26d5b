# Rates with the exact interval of a Poisson mean. Run in this folder: Rscript poisson-rate.R > poisson-rate.json
source("json.R")
events <- c(0:40, seq(45, 200, 5), 251, 333, 500, 777, 1000, 2500, 10000, 54321, 100000)
times <- c(0.0027, 0.5, 1, 9, 12.75, 404.3)
cases <- rbind(
  expand.grid(events = events[1:60], time = times[c(2, 4, 5)]),
  expand.grid(events = events[61:length(events)], time = times[c(1, 6)]),
  expand.grid(events = 0:3, time = times)
)
emit(lapply(seq_len(nrow(cases)), function(i) {
  x <- cases$events[i]
  t <- cases$time[i]
  r <- poisson.test(x, t)
  obj(events = num(x), time = num(t), rate = num(r$estimate), ci = nums(r$conf.int))
}))
