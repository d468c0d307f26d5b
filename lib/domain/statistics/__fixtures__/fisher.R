# Fisher's exact test, two-sided. Run in this folder: Rscript fisher.R > fisher.json
source("json.R")
small <- do.call(rbind, lapply(list(c(1, 1), c(1, 4), c(3, 3), c(4, 5), c(6, 6)), function(n) {
  as.matrix(expand.grid(k1 = 0:n[1], n1 = n[1], k2 = 0:n[2], n2 = n[2]))
}))
large <- rbind(
  c(37, 50, 22, 51), c(22, 51, 13, 50), c(37, 50, 13, 50), c(35, 44, 19, 44), c(0, 50, 0, 51), c(50, 50, 51, 51),
  c(50, 50, 0, 51), c(10, 20, 10, 20), c(30, 40, 10, 160), c(150, 404, 149, 403), c(1, 404, 9, 403), c(2600, 5000, 2400, 5000)
)
tables <- rbind(small, large)
emit(lapply(seq_len(nrow(tables)), function(i) {
  x <- as.numeric(tables[i, ])
  p <- fisher.test(matrix(c(x[1], x[2] - x[1], x[3], x[4] - x[3]), 2))$p.value
  obj(k1 = num(x[1]), n1 = num(x[2]), k2 = num(x[3]), n2 = num(x[4]), pTwoSided = num(p))
}))
