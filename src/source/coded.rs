//! Hand-coded facts: rows of FACTS.csv.
