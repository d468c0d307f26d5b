# Inputs of the generated cases: the same in every run, since each script sets its seed.
# What is given prints as the shortest decimal that reads back to the same double; answers print as %.17g.
given <- function(x) {
  text <- sprintf("%.15g", x)
  paste0("[", paste(ifelse(as.numeric(text) == x, text, sprintf("%.17g", x)), collapse = ","), "]")
}
kinds <- c("ties", "zeros", "eighths", "decimals", "skewed", "offset", "constant", "minute")
values_of <- function(kind, n) {
  switch(kind,
    ties = sample(-5:5, n, TRUE),
    zeros = sample(c(0, 0, 0, -2, -1, 1), n, TRUE),
    eighths = sample(-400:400, n, TRUE) / 8,
    decimals = round(rnorm(n, -12, 14), 1),
    skewed = round(rexp(n, 0.1), 3),
    offset = 1e6 + sample(0:64, n, TRUE) / 8,
    constant = rep(sample(c(-3, 0, 0.1, 42), 1), n),
    minute = sample(-99:99, n, TRUE) / 1e8
  )
}
# k of n, from no trials' worth of success to all of it, n up to 10,000
counts_of <- function(size) {
  n <- switch(size, small = sample(1:12, 1), middle = sample(13:200, 1), large = sample(c(404, 1000, 5000, 9999, 10000), 1))
  k <- switch(sample(5, 1), 0, n, min(n, 1), n - 1, sample(0:n, 1))
  c(k, n)
}
sizes_of_trials <- rep(c("small", "small", "middle", "large"), 60)
