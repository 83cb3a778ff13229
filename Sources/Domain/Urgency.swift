/// How much a word of state wants attention: what a sort by state puts first.
public enum Urgency {
    /// 1 for what waits for somebody or is down, then what is half so, unknown, taken, fine, and watched by nobody.
    ///
    /// Words that are equally urgent have the same number, so that the next level of an order decides.
    public static func rank(_ word: some StringProtocol) -> Int {
        switch word.lowercased() {
        case "open", "worse", "better", "changed", "down", "failed", "lost", "offline", "lowerlayerdown",
            "notpresent":
            1
        case "warning", "degraded", "partial", "testing", "dormant", "failover": 2
        case "acknowledged": 4
        case "up", "ok", "online", "active", "established": 5
        case "ignored": 6
        case "disabled", "idle", "absent", "off", "shut", "unmonitored": 7
        case "cleared": 8
        default: 3
        }
    }

    /// How many of several words of state, apart by spaces, say something else than that all is well.
    public static func notUp(_ words: some StringProtocol) -> Int {
        words.split(separator: " ").count { rank($0) != 5 }
    }
}
