internal import AdapterKit
internal import Domain
internal import HTTP

extension BondingServer {
    /// Judged by what OPTIONS of the list of bonds shows this account that it may write.
    func authority() async -> Authority {
        guard withMemory({ $0.version }) != .four else {
            return Authority(nil, "API v4 is only looked at")
        }
        let found: Rights?
        do throws(BackendError) { found = try await rights(Path.bonds) } catch {
            return Authority(nil, error.words)
        }
        guard let found, found.methods != nil || found.isForbidden else {
            return Authority(nil, "the server does not say it (OPTIONS \(Path.bonds))")
        }
        if found.showsWriting { return Authority(true, "it is shown what of a bond it may write") }
        return Authority(
            false, "it is shown nothing of a bond that it may write; some actions may be allowed all the same"
        )
    }
}
