"""Pages of the documentation show charts as they are."""

from tests.drawn import charts_are_drawn as charts_are_drawn
