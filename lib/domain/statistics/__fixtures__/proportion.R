# Intervals of a proportion. Run in this folder: Rscript proportion.R > proportion.json
source("json.R")
small <- do.call(rbind, lapply(1:12, function(n) cbind(0:n, n)))
large <- rbind(
  c(0, 44), c(1, 44), c(22, 44), c(35, 44), c(43, 44), c(44, 44), c(37, 50), c(22, 51), c(13, 50),
  c(0, 151), c(151, 151), c(75, 151), c(3, 404), c(202, 404), c(401, 404),
  c(0, 10000), c(1, 10000), c(5000, 10000), c(9999, 10000), c(10000, 10000)
)
counts <- rbind(small, large)
emit(lapply(seq_len(nrow(counts)), function(i) {
  k <- counts[i, 1]
  n <- counts[i, 2]
  obj(
    k = num(k), n = num(n),
    wilson = nums(suppressWarnings(prop.test(k, n, correct = FALSE)$conf.int)),
    clopperPearson = nums(binom.test(k, n)$conf.int)
  )
}))
