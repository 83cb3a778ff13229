import AdapterKit
import CurlTransport
import Dashboard
import Domain
import HTTP
import JSON
import Runtime
import Synchronization

/// What a look at one backend found.
struct BackendCheck: Sendable {
    /// One thing that was looked at.
    struct Finding: Sendable, Equatable {
        /// How good it is.
        enum Verdict: String, Sendable { case fine, warning, failed }
        let subject: String
        let verdict: Verdict
        let words: String

        /// The finding as JSON.
        var tree: JSONTree {
            ["subject": .string(subject), "verdict": .string(verdict.rawValue), "words": .string(words)]
        }
    }

    /// Days before its end from which a certificate is worth a warning.
    static let certificateNotice: Int64 = 21

    let name: String
    let kind: String
    let url: String
    private(set) var findings: [Finding] = []
    /// What could be sent to it; nil where it was not reached.
    private(set) var allowance: Allowance?

    /// Whether anything of it failed.
    var hasFailed: Bool { findings.contains { $0.verdict == .failed } }

    init(_ plan: BackendPlan) {
        name = plan.name
        kind = plan.descriptor.file ?? plan.descriptor.kind
        url = plan.endpoint.url("")
    }

    mutating func add(_ subject: String, _ verdict: Finding.Verdict, _ words: String) {
        findings.append(Finding(subject: subject, verdict: verdict, words: words))
    }

    // MARK: The connection

    /// Takes what making a connection showed.
    mutating func take(
        _ connection: Result<ConnectionFacts, TransportError>, _ endpoint: Endpoint, now: Timestamp
    ) {
        let facts: ConnectionFacts
        switch connection {
        case .failure(let error): return add("connection", .failed, BackendError(error).words)
        case .success(let found): facts = found
        }
        add(
            "connection", .fine,
            "\(facts.address): name \(Self.milliseconds(facts.lookup)), connection "
                + Self.milliseconds(facts.connect - facts.lookup)
                + (facts.handshake.map { ", TLS \(Self.milliseconds($0 - facts.connect))" } ?? ""))
        let host = endpoint.origin.host
        if endpoint.origin.scheme == "http", host == "localhost" || host == "[::1]" || host.hasPrefix("127.")
        {
            return add("certificate", .fine, "none, and none is needed on this machine itself")
        }
        guard endpoint.origin.scheme == "https" else {
            return add("certificate", .warning, "none: what is said can be read on the way")
        }
        let trust = endpoint.trust.insecure ? "not verified (insecure = true)" : "verified"
        guard let end = facts.certificateEnd else {
            return add(
                "certificate", endpoint.trust.insecure ? .warning : .fine,
                "\(trust); when it ends is not known")
        }
        guard let moment = CertificateDate.read(end) else {
            return add("certificate", endpoint.trust.insecure ? .warning : .fine, "\(trust); it ends \(end)")
        }
        let days = (moment.seconds - now.seconds) / 86400
        let date = CivilTime.fields(moment, offset: 0).text.prefix(10)
        let isWorrying = endpoint.trust.insecure || days < Self.certificateNotice
        add(
            "certificate", isWorrying ? .warning : .fine,
            "\(trust); it ends on \(date), in \(Quantity.count(Int(days))) days")
    }

    /// Takes the pollers of a server; where none registers nothing is said.
    mutating func take(pollers table: Table?, now: Timestamp) {
        guard let table, table.count > 0 else { return }
        let troubles = table.pollerTroubles(now: now)
        for words in troubles { add("pollers", .warning, words) }
        if troubles.isEmpty { add("pollers", .fine, "\(Quantity.count(table.count)) report") }
    }

    // MARK: The server

    /// Takes what the server said about itself, and what its answers showed.
    mutating func take(
        _ answer: Result<ServerInfo, BackendError>, _ seen: Seen, of connection: Connection,
        _ mode: BackendMode, authority: Authority? = nil, isReadOnly: Bool, now: Timestamp
    ) {
        switch answer {
        case .failure(let error):
            // A page in place of the API says nothing of the login.
            add(error.mayBan || error.kind == .forbidden ? "login" : "server", .failed, error.words)
        case .success(let info):
            add("login", .fine, "accepted")
            add("server", .fine, info.product)
            if let latency = seen.latency {
                add("latency", .fine, "\(Self.milliseconds(latency)) for the quickest answer")
            }
            take(clock: info.clock, difference: seen.clockDifference, now: now)
            for remark in info.remarks { add("rights", .warning, remark) }
            if info.remarks.isEmpty { add("rights", .fine, "no missing permissions reported") }
            take(authority)
            let commands = connection.adapter.commands
            let mayChange = authority?.mayChange
            let allowance = Allowance(commands, isReadOnly ? .readOnly : mode, mayChange: mayChange)
            self.allowance = allowance
            let isVain = mayChange == false && allowance.mode != .readOnly && !commands.isEmpty
            add("commands", isVain ? .warning : .fine, allowance.words)
            add("modes", .fine, Allowance.summary(commands, mayChange: mayChange))
        }
    }

    /// Takes whether the account may change anything, where that was asked.
    private mutating func take(_ authority: Authority?) {
        guard let authority else { return }
        switch authority.mayChange {
        case true?: add("changes", .fine, "allowed: \(authority.words)")
        case false?: add("changes", .warning, "read-only account: \(authority.words)")
        case nil: add("changes", .fine, "not known: \(authority.words)")
        }
    }

    private mutating func take(clock: ServerClock, difference: Int64?, now: Timestamp) {
        let offset = clock.zone.offset(at: now)
        let hours = Quantity.number(Double(offset) / 3600)
        let zone =
            clock.isCertain
            ? "times without a zone are UTC\(offset < 0 ? "" : "+")\(hours)"
            : "what its times without a zone mean is not certain: set timezone"
        guard let difference else {
            return add("clock", clock.isCertain ? .fine : .warning, "its own is not known; \(zone)")
        }
        let words =
            difference.magnitude < 2
            ? "in sync with this machine"
            : "\(Quantity.duration(Int64(difference.magnitude))) \(difference < 0 ? "behind" : "ahead")"
        add(
            "clock", difference.magnitude > 30 || !clock.isCertain ? .warning : .fine, "\(words); \(zone)")
    }

    // MARK: What it looks at

    /// Takes devices, as far as they say when the server itself looked at them.
    mutating func take(
        devices: Result<[Table], BackendError>, _ info: ServerInfo?, _ interval: Double?, now: Timestamp
    ) {
        switch devices {
        case .failure(let error): add("polling", .warning, "its devices can't be read: \(error.words)")
        case .success(let tables):
            guard !tables.isEmpty, let info else { return }
            let late = Polls.late(tables, info.clock, interval: interval, now: now)
            let newest = Polling(of: tables, interval: interval).newest
            if let newest, late == nil, !info.clock.isCertain,
                !(0...Polling.graceOfGuess).contains(now.seconds - newest.seconds)
            {
                return add(
                    "polling", .warning,
                    "how long ago it polled a device is not known, as its time zone is not: set timezone")
            }
            let age = newest.map { Quantity.age(max(0, now.seconds - $0.seconds)) }
            let fine = age.map { "it polled a device \(info.clock.isCertain ? "" : "~")\($0) ago" }
            add(
                "polling", late == nil ? .fine : .warning,
                late ?? fine ?? "it says of no device when it polled it")
        }
    }

    static func milliseconds(_ seconds: Double) -> String {
        let milliseconds = max(0, seconds * 1000)
        return milliseconds < 9.95
            ? "\(Quantity.number((milliseconds * 10).rounded() / 10)) ms"
            : "\(Quantity.count(Int(milliseconds.rounded()))) ms"
    }

    /// The findings as JSON.
    var tree: JSONTree {
        [
            "backend": .string(name), "kind": .string(kind), "url": .string(url), "failed": .bool(hasFailed),
            "commands": allowance?.tree ?? .null,
            "findings": .array(findings.map(\.tree)),
        ]
    }
}

/// What the answers of one backend showed by the way.
struct Seen: Sendable {
    /// Seconds of the quickest answer; nil without any.
    private(set) var latency: Double?
    /// Seconds that the server's clock is ahead of ours; nil when it says nothing.
    private(set) var clockDifference: Int64?

    /// Takes an answer that has just arrived.
    mutating func take(_ response: Response, now: Timestamp) {
        latency = min(latency ?? .infinity, response.exchange.seconds)
        if let date = response.header("date").flatMap(HTTPDate.read) {
            let difference = date.seconds - now.seconds
            clockDifference =
                clockDifference.map { $0.magnitude < difference.magnitude ? $0 : difference } ?? difference
        }
    }
}
