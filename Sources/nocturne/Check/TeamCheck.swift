import Canvas
import Configuration
import Domain
import JSON
import Team

/// What a look at the team's store found.
struct TeamCheck: Sendable {
    /// Where it is; nil where the configuration has no team.
    let url: String?
    private(set) var findings: [BackendCheck.Finding] = []

    /// Whether the store can't be used.
    var hasFailed: Bool { findings.contains { $0.verdict == .failed } }

    /// Joins the store as a screen would, and looks what it may do there; nothing is written.
    ///
    /// - Parameters:
    ///   - found: how to reach it; nil where the configuration has no team.
    ///   - notices: which backends are not shared, and why.
    init(url: String?, _ found: Result<TeamSettings, SecretError>?, notices: [String] = []) {
        self.url = found == nil ? nil : url
        switch found {
        case nil: return
        case .failure(let error): add("store", .failed, error.words)
        case .success(let settings): look(settings)
        }
        for notice in notices { add("sharing", .warning, notice) }
    }

    private mutating func look(_ settings: TeamSettings) {
        do throws(TeamError) {
            let store = try TeamAdministration(settings)
            let status = try store.status()
            let rights = try store.rights()
            add("store", .fine, TeamReport.head(status))
            add("account", Self.verdict(rights), Self.words(rights))
        } catch { add("store", .failed, CleanText.oneLine(error.words)) }
    }

    /// Who only reads is as wanted, on a wallboard; a part of the rights of screens is not, and a database that takes nothing.
    private static func verdict(_ rights: TeamAdministration.Rights) -> BackendCheck.Finding.Verdict {
        let known = [rights.shares, rights.records, rights.claims]
        return rights.isWritable && Set(known).count == 1 ? .fine : .warning
    }

    private static func words(_ rights: TeamAdministration.Rights) -> String {
        let account = CleanText.oneLine(rights.account)
        guard rights.isWritable else {
            return "\(account) reads; the database is read-only now, and takes nothing from anybody"
        }
        guard rights.shares || rights.records || rights.claims else {
            return "\(account) only reads what others share, as for a wallboard: nothing of it is recorded"
        }
        let lacks = [
            (rights.shares, "share what it reads"), (rights.records, "record its commands"),
            (rights.claims, "claim rows"),
        ].filter { !$0.0 }.map(\.1)
        return lacks.isEmpty
            ? "\(account) shares what it reads, records its commands and may claim rows"
            : "\(account) may not \(lacks.joined(separator: ", nor ")): run nocturne team migrate"
    }

    private mutating func add(_ subject: String, _ verdict: BackendCheck.Finding.Verdict, _ words: String) {
        findings.append(BackendCheck.Finding(subject: subject, verdict: verdict, words: words))
    }

    /// For `--output json`; null without a team.
    var tree: JSONTree {
        guard let url else { return .null }
        return ["url": .string(url), "findings": .array(findings.map(\.tree))]
    }
}
