"""聽聞 over HTTP: routes, middleware, the work behind them, and the player."""
