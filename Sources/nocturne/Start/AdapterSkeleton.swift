/// A file to start an adapter from.
enum AdapterSkeleton {
    static let text = """
        # An adapter for nocturne: save it as ~/.config/nocturne/adapters/NAME.toml, and use it in config.toml by
        #   [[backend]]
        #   name = "mine"
        #   kind = "declared"
        #   adapter = "NAME"
        #   url = "https://server.example.net"
        # nocturne check adapter FILE verifies it, and with --against URL shows what it finds at a server.
        # docs/adapters.md describes all keys; nocturne adapters alertmanager prints a whole one.
        title = "My inventory"
        # Added to a url without a path.
        #base_path = "/api"

        [login]
        # none; token (in a header); basic (user and password); post (a request that answers a token).
        method = "token"
        header = "Authorization"
        prefix = "Bearer "

        # What is read to know the server, and what its answer must have.
        [server]
        path = "/version"
        expect = "/version"
        version = "/version"

        # Where the server says what is wrong.
        [answers]
        error = ["/error", "/message"]

        # Rows: one table per list. Kinds that nocturne knows (device, alert, port, customer...) join its panes and counts.
        [[resource]]
        kind = "alert"
        plural = "alerts"
        pane = "alerts"
        interval = 30
        path = "/alerts"
        # Where the rows are in the answer; "" is the answer itself.
        rows = "/alerts"
        # What tells one from another.
        id = "{/id}"
        #paging = { style = "offset", offset = "offset", limit = "limit", size = 500, total = "/total" }

        [[resource.field]]
        key = "name"
        title = "Alert"
        from = "/title"
        width = [12, 40]
        priority = 0

        [[resource.field]]
        key = "severity"
        type = "severity"
        from = "/level"
        # What is not here makes the list partial: nothing is guessed.
        map = { crit = "critical", warn = "warning", info = "ok" }
        decides = true
        priority = 0

        [[resource.field]]
        key = "state"
        type = "state"
        from = "/acked"
        map = { true = "acknowledged", false = "open" }
        decides = true
        priority = 1

        [[resource.field]]
        key = "since"
        title = "Age"
        type = "time"
        from = "/opened"
        time = "rfc3339"

        # Commands: what is sent for each target, and what shows that it happened.
        [[command]]
        kind = "acknowledge"
        targets = ["alert"]
        tier = "harmless"
        effect = "The server stops notifying about the alert."
        form = [{ key = "note", title = "Note" }]
        skip = [{ at = "/acked", is = ["true"], words = "it is acknowledged already" }]
        summary = "Acknowledge {name}"

        [[command.step]]
        method = "POST"
        path = "/alerts/{id}/ack"
        body = { note = "{form.note}" }

        [command.verify]
        at = "/acked"
        is = ["true"]
        not = ["false"]
        words = "it is acknowledged"

        """
}
