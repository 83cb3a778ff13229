import AdapterKit
import CLinux
import Configuration
import Domain
import Runtime

/// Logs in to a server that is about to be configured, and changes nothing.
enum LoginTrial {
    /// What came of it.
    struct End {
        let isFine: Bool
        let words: String
    }

    private static let patience = 15.0

    /// Reads a configuration as it will be read, and asks its first server who it is.
    ///
    /// - Parameter path: where the configuration will be; paths in it may be beside that.
    static func run(_ sketch: ConfigurationSketch, _ path: String) -> End {
        let file = path + ".new"
        let directories = Directories(environment: Setup.environment)
        do { try InitDialog.save(sketch.fileText, to: file) } catch {
            return End(isFine: false, words: (error as? Failure)?.words ?? "\(error)")
        }
        defer { _ = clinux_remove(file) }
        let reading = Settings.read(file, adapters: AdapterRegistry.all, directories: directories)
        let secrets = SecretResolver(
            environment: Setup.environment, withheld: SecretResolver.variables(of: reading.settings))
        guard let backend = reading.settings.backends.first, let plan = BackendPlan(backend, secrets),
            let network = try? Network([plan], isReadOnly: true, log: nil),
            let connection = network.connections.first
        else {
            let words = reading.complaints.map(\.words).joined(separator: "; ")
            return End(isFine: false, words: words.isEmpty ? "it can't be used" : words)
        }
        let answer = wait(for: {
            await within(patience) { () async -> Result<ServerInfo, BackendError> in
                do throws(BackendError) {
                    return .success(try await connection.adapter.check())
                } catch { return .failure(error) }
            }
        })
        switch answer {
        case nil: return End(isFine: false, words: "no answer within \(Quantity.number(patience)) s")
        case .failure(let error): return End(isFine: false, words: "login failed: \(error.words)")
        case .success(let info):
            return End(
                isFine: true, words: (["logged in: \(info.product)"] + info.remarks).joined(separator: "; "))
        }
    }
}
