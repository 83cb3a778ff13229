internal import Glibc
internal import JSON

/// A line of the local log of commands, as the team's record takes it.
struct RecordLine: Equatable {
    /// What a line is of its command.
    enum Part: Equatable {
        /// What is about to be sent.
        case command
        /// That a step is sent once more.
        case again(step: Int64, attempt: Int64)
        /// What became of it; the digest of the line tells several apart.
        case result(digest: String)

        /// The part as the record's key has it.
        var text: String {
            switch self {
            case .command: "command"
            case .again(let step, let attempt): "again \(step) \(attempt)"
            case .result(let digest): "result \(digest)"
            }
        }
    }

    /// The number of the command's record.
    let id: String
    let part: Part
    /// When it was written, in Unix seconds by the clock of this machine.
    let time: Int64
    /// The name of the backend, and where it is where the line says so; empty for a line that is no command.
    let backend: String
    let server: String
    let command: String
    /// What it was done to, each by its kind and its server's id.
    let targets: [String]
    /// Who did it, and where; empty for a line that is no command.
    let owner: String
    let host: String
    let text: String

    /// Reads a line; nil for one that is no record, and for what a later version adds.
    init?(_ bytes: [UInt8]) {
        guard let root = (try? JSONDocument(bytes))?.root, let id = root["id"]?.string, !id.isEmpty,
            let time = root["time"]?.string.flatMap(Self.moment)
        else { return nil }
        switch root["record"]?.string {
        case "command": part = .command
        case "again":
            guard let step = root["step"]?.int64, let attempt = root["attempt"]?.int64 else { return nil }
            part = .again(step: step, attempt: attempt)
        case "result": part = .result(digest: Array(SHA256.digest(bytes).prefix(16)).hex)
        default: return nil
        }
        func text(_ key: String) -> String { root[key]?.text ?? "" }
        self.id = id
        self.time = time
        backend = text("backend")
        server = text("server")
        command = part == .command ? text("command") : ""
        targets =
            root["entities"]?.array?.compactMap { entity in
                guard let kind = entity["kind"]?.text, let id = entity["id"]?.text else { return nil }
                return Self.target(kind, id)
            } ?? []
        owner = text("user")
        host = text("host")
        self.text = String(decoding: bytes, as: UTF8.self)
        guard part != .command || !command.isEmpty else { return nil }
    }

    /// The name of an entity in the record.
    static func target(_ kind: String, _ id: String) -> String { "\(kind) \(id)" }

    /// The moment of `2026-11-21T03:14:22Z`, in Unix seconds.
    private static func moment(_ text: String) -> Int64? {
        let parts = text.split { "-T:Z".contains($0) }.map { Int32($0) }
        guard parts.count == 6, text.utf8.count == 20, let year = parts[0], let month = parts[1],
            let day = parts[2], let hour = parts[3], let minute = parts[4], let second = parts[5]
        else { return nil }
        var fields = tm()
        fields.tm_year = year - 1_900
        fields.tm_mon = month - 1
        fields.tm_mday = day
        fields.tm_hour = hour
        fields.tm_min = minute
        fields.tm_sec = second
        return Int64(timegm(&fields))
    }
}
