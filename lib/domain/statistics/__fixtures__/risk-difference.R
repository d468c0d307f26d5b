# Newcombe's method 10, from R's own Wilson interval of each arm.
# Run in this folder: Rscript risk-difference.R > risk-difference.json
source("json.R")
riskDifference <- function(k1, n1, k2, n2) {
  wilson <- function(k, n) suppressWarnings(prop.test(k, n, correct = FALSE)$conf.int)
  p1 <- k1 / n1
  p2 <- k2 / n2
  a <- wilson(k1, n1)
  b <- wilson(k2, n2)
  d <- p1 - p2
  c(d, d - sqrt((p1 - a[1])^2 + (b[2] - p2)^2), d + sqrt((a[2] - p1)^2 + (p2 - b[1])^2))
}
tables <- rbind(
  c(56, 70, 48, 80), c(9, 10, 3, 10), c(6, 7, 2, 7), c(5, 56, 0, 29),
  c(0, 10, 0, 20), c(0, 10, 0, 10), c(10, 10, 0, 20), c(10, 10, 0, 10),
  c(0, 1, 1, 1), c(1, 1, 1, 1), c(7, 9, 5, 9), c(37, 50, 22, 51), c(22, 51, 13, 50),
  c(35, 44, 0, 44), c(150, 404, 149, 403), c(9999, 10000, 1, 10000)
)
emit(lapply(seq_len(nrow(tables)), function(i) {
  x <- tables[i, ]
  d <- riskDifference(x[1], x[2], x[3], x[4])
  obj(
    k1 = num(x[1]), n1 = num(x[2]), k2 = num(x[3]), n2 = num(x[4]),
    riskDifference = num(d[1]), newcombe = nums(d[2:3])
  )
}))
