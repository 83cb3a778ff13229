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
            let able = rights.records ? "; its commands are recorded" : "; its commands are not recorded"
            add(
                "account", .fine,
                rights.shares
                    ? "\(CleanText.oneLine(rights.account)) shares what it reads\(able)"
                    : "\(CleanText.oneLine(rights.account)) only reads what others share\(able)")
        } catch { add("store", .failed, CleanText.oneLine(error.words)) }
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
