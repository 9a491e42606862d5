"""How do slices meet HTTP? Flask glue shared by all of them."""
