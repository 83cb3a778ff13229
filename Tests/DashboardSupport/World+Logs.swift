import Domain

/// What servers wrote into their own logs that night.
extension World {
    /// A line of so many minutes ago.
    static func line(
        _ words: String, ago minutes: Int64, type: String = "interface", level: String = "error",
        _ severity: Severity = .critical, who: String = "", about: EntityRef? = nil, isCertain: Bool = true
    ) -> ServerLog.Entry {
        ServerLog.Entry(
            Timestamp(wall.seconds - minutes * 60), isTimeCertain: isCertain, words: words, type: type,
            level: level, severity: severity, who: who, about: about)
    }

    /// The log of a device in the night.
    static func log(
        of entity: EntityRef, completeness: Completeness = .complete, begins: Timestamp? = nil,
        isCut: Bool = false
    ) -> ServerLog {
        ServerLog(
            [
                line(
                    "ifOperStatus: up -> down (Te0/1/3)", ago: 5,
                    about: EntityRef(entity.backend, .port, id: 3)),
                line("Device status changed to Down from icmp check.", ago: 4, type: "down"),
                line(
                    "Device location changed", ago: 300, type: "api", level: "info", .unknown, who: "ana"),
            ], since: Timestamp(0), completeness: completeness, begins: begins, isCut: isCut)
    }
}
