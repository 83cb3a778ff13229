internal import Dashboard
internal import Domain

/// Every key of `config.toml`, in one place.
enum Schema {
    /// The whole file.
    static let file: [Setting] = [
        Setting("backend", .sections(backend), "A server to watch, one table each."),
        Setting("ui", .section(interface), "How the dashboard looks and which keys it listens to."),
        Setting("notify", .sections(notify), "What the operator is called for, and how; one table each."),
        Setting("command", .sections(command), "A program of your own for a row; one table each."),
        Setting("links", .section(links), "How what several servers say is linked."),
        Setting("link", .sections(link), "A link of your own between servers; one table each."),
        Setting("audit", .section(audit), "The record of commands."),
        Setting("history", .section(history), "What changed before, as nocturne saw it."),
        Setting("team", .section(team), "A store in PostgreSQL that a team shares; nothing without it."),
        Setting(
            "wallboard", .sections(wallboard), "What nocturne --wallboard shows, one table for each screen."),
    ]

    /// One server.
    static let backend: [Setting] = [
        Setting("name", .text, required: true, "What its column shows; a word without spaces."),
        Setting("kind", .text, required: true, "Which API it speaks."),
        Setting(
            "adapter", .text,
            "The file that describes its API, for kind \"declared\"; nocturne adapters lists them."),
        Setting(
            "url", .form("https://host[:port][/path]"), required: true,
            "Where it is; the path of the API is added when it is absent."),
        Setting("token", .secret, "The token, where the API wants one."),
        Setting("user", .account, "The user, where the API wants one."),
        Setting("password", .secret, "The password, where the API wants one."),
        Setting(
            "headers", .map(.secret),
            "Header fields that every request carries, for a proxy or firewall before the API."),
        Setting(
            "mode", .choice(BackendMode.allCases.map(\.rawValue)), standard: "normal",
            "Whether commands are possible, and whether each asks for a name to be typed."),
        Setting(
            "timezone", .form("a zone such as Europe/Madrid, UTC, or an offset such as +01:00"),
            standard: "derived",
            "What the server's times mean where they have no zone; a zone knows summer time, an offset does not."
        ),
        Setting(
            "proxy", .form("http://, https://, socks5:// or socks5h:// and host:port, or \"\" for none"),
            standard: "the environment's", "The proxy on the way to it."),
        Setting(
            "basic", .section(basic),
            "HTTP Basic for what stands before an API that takes a token; user and password of the backend mean the same there."
        ),
        Setting("tls", .section(tls), "How its certificate is judged."),
        Setting("limits", .section(limits), "How long and how much is waited for."),
        Setting(
            "intervals", .map(.seconds(5...86400)), standard: "the adapter's",
            "How often a resource is asked for: device, port, alert, rule…"),
        Setting(
            "poll_interval", .seconds(10...604_800), standard: "the adapter's",
            "How often the server itself polls a device; after three times that the device counts as not polled."
        ),
    ]

    static let basic: [Setting] = [
        Setting("user", .account, required: true, "The user."),
        Setting("password", .secret, required: true, "The password."),
    ]

    static let tls: [Setting] = [
        Setting(
            "ca", .path, standard: "the system's", "Certificate authorities in PEM that replace the system's."
        ),
        Setting("certificate", .path, "A client certificate in PEM."),
        Setting("key", .path, "The client certificate's key in PEM, readable by its owner alone."),
        Setting("pin", .form("sha256//BASE64"), "The only public key that is accepted."),
        Setting(
            "insecure", .flag, standard: "false", "Accepts any certificate; the dashboard says so in red."),
    ]

    static let limits: [Setting] = [
        Setting("connect", .seconds(0.5...60), standard: "5s", "Making the connection, TLS included."),
        Setting("first_byte", .seconds(1...600), standard: "30s", "Waiting for the first byte of an answer."),
        Setting(
            "stall", .seconds(1...600), standard: "15s",
            "An answer slower than stall_rate for this long is given up."),
        Setting("stall_rate", .whole(1...1_000_000), standard: "100", "Bytes per second; see stall."),
        Setting("read", .seconds(1...3600), standard: "5m", "A whole read."),
        Setting(
            "command", .seconds(1...600), standard: "30s", "A whole command; after it the outcome is unknown."
        ),
        Setting("body", .whole(1...2048), standard: "256", "The largest answer in MB."),
        Setting("connections", .whole(1...8), standard: "4", "Connections at once."),
    ]

    static let interface: [Setting] = [
        Setting(
            "theme", .text, standard: "midnight",
            "The theme until one is chosen with `T`, by name; `--theme` wins over both."),
        Setting("keymap", .text, standard: "default", "The keymap, by name."),
        Setting(
            "browser", .program, standard: "none",
            "What opens web addresses; the address is the last argument, and no shell sees it."),
        Setting(
            "strip_domain", .flag, standard: "true",
            "Tables leave out the domain that most devices share; details, copies and exports have whole names."
        ),
        Setting(
            "storm", .whole(0...10_000), standard: "20",
            "So many new alerts within a minute are a storm: alerts are grouped by device until it is over; 0 never groups them."
        ),
        Setting(
            "low_bandwidth", .flag, standard: "false",
            "Draws little, as --low-bandwidth does: no seconds, no sparklines, once a second at most besides keys."
        ),
    ]

    static let history: [Setting] = [
        Setting(
            "enabled", .flag, standard: "true",
            "Records changes of state, and what is measured of ports and ONUs."),
        Setting("days", .whole(1...3_650), standard: "14", "How long changes and measured values are kept."),
        Setting(
            "size", .bytes(1_000_000...1_000_000_000_000), standard: "200MB",
            "How large the file may become; the oldest is removed first. Of a team's history the most that any of its screens wants is kept."
        ),
    ]

    static let team: [Setting] = [
        Setting(
            "url", .form("postgresql://user@host[:port]/database"), required: true,
            "Where it is, as libpq takes it, without the password; TLS is verified unless it says otherwise."),
        Setting("password", .secret, "The password; without it libpq's own means, such as a password file."),
        Setting("enabled", .flag, standard: "true", "Whether it is used."),
        Setting(
            "history", .flag, standard: "true",
            "Whether the history is the team's; else each keeps a file of its own."),
    ]

    static let audit: [Setting] = [
        Setting(
            "mode", .choice(["required", "best-effort"]), standard: "required",
            "Whether commands are refused when they can't be recorded."),
        Setting("shared", .path, "A log that a team shares instead of one's own; made by an administrator."),
    ]
}
