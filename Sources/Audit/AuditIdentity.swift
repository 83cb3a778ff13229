internal import Glibc

/// Who acts, as every record says it.
public struct AuditIdentity: Sendable, Hashable {
    /// The login name.
    public var user: String
    /// The machine that nocturne runs on.
    public var host: String
    /// The address and port that the engineer came from by SSH; nil without SSH.
    public var client: String?
    /// The process.
    public var process: Int32

    /// Makes an identity.
    public init(user: String, host: String, client: String?, process: Int32) {
        self.user = user
        self.host = host
        self.client = client
        self.process = process
    }

    /// The identity of this process.
    ///
    /// - Parameter connection: what `SSH_CONNECTION` says: client address, client port, server address and port.
    public static func current(connection: String?) -> AuditIdentity {
        let words = (connection ?? "").split(separator: " ")
        return AuditIdentity(
            user: loginName(), host: hostName(),
            client: words.count == 4 ? "\(words[0]) \(words[1])" : nil, process: getpid())
    }

    /// The account's name; not `USER`, which anybody can set.
    private static func loginName() -> String {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16384)
        let account = getuid()
        guard getpwuid_r(account, &entry, &buffer, buffer.count, &found) == 0, found != nil,
            let name = entry.pw_name
        else { return "uid \(account)" }
        return String(cString: name)
    }

    private static func hostName() -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return "unknown" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
