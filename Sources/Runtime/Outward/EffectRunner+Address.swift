internal import AdapterKit
internal import Dashboard
internal import Domain
internal import HTTP
internal import Synchronization

extension EffectRunner {
    /// Seconds that a browser is waited for: one that runs on after them has started well.
    private static let browserLimit = 10.0

    /// The page of an entity in its server's web interface.
    func address(of entity: EntityRef, _ table: Table?) -> Result<String, BackendError> {
        guard let connection = connection(entity.backend) else {
            return .failure(BackendError(.missing, "this backend is not configured any more"))
        }
        let row = table?.row(of: entity)
        let address = connection.adapter.webAddress(of: entity) { key in
            guard let table, let row else { return .none }
            return table.value(row, key)
        }
        guard let address else {
            return .failure(
                BackendError(
                    .unsupported,
                    "no web address of this \(entity.kind) on \(connection.settings.name) is known"))
        }
        guard Self.isOwn(address, connection.settings.endpoint.origin) else {
            return .failure(
                BackendError(
                    .invalid, "\(connection.settings.name) names an address elsewhere: it is not used"))
        }
        return .success(address)
    }

    /// Whether an address leads to the configured server and nowhere else; servers have a part in making it.
    static func isOwn(_ address: String, _ origin: Origin) -> Bool {
        address.utf8.allSatisfy { $0 > 32 && $0 < 127 } && Origin.parse(address)?.origin == origin
    }

    /// Opens an address with the operator's browser; says what is wrong when that is not possible.
    func browse(_ address: String) async -> Event? {
        browsers.withLock { $0.removeAll(where: Program.hasEnded) }
        guard let browser = integrations.browser, let name = browser.first else { return nil }
        let program = Program(arguments: browser + [address], withheld: integrations.withheld)
        switch await program.run(limit: Self.browserLimit) {
        case .ended(0): return nil
        case .running(let process):
            browsers.withLock { $0.append(process) }
            return nil
        case .ended(let code): return .noticed(.bad, "\(name) ended with \(code): the address was not opened")
        case .failed(let words): return .noticed(.bad, words)
        }
    }
}
