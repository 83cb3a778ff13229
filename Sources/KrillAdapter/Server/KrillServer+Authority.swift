internal import AdapterKit
internal import Domain
internal import HTTP
internal import JSON

extension KrillServer {
    /// Judged by what OPTIONS of the CPEs shows this account that it may write: the framework lists fields only for who
    /// may.
    func authority() async -> Authority {
        guard let response = try? await read(Path.cpes, method: .options, priority: 0), response.isSuccess,
            let root = try? response.json(), root.kind == .object
        else { return Authority(nil, "Krill does not say it (OPTIONS \(Path.cpes))") }
        guard root["actions"]?.object?.first != nil else {
            return Authority(
                false,
                "it is shown nothing of a CPE that it may write; some actions may be allowed all the same")
        }
        return Authority(true, "it is shown what of a CPE it may write")
    }
}
