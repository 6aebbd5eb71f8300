"""Parts of the generator of the synthetic sample county; `../make_nanxian.py` runs them."""
