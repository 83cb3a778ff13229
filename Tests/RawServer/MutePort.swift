import Glibc

/// A port of loopback that refuses connections, as that of a server that is not there.
///
/// It is taken as long as somebody holds it: one that was only free a moment ago may be another test's by now.
public final class MutePort: Sendable {
    /// The port on 127.0.0.1.
    public let port: Int
    private let descriptor: Int32

    /// Takes a port that nobody has.
    public init() throws(NoListener) { (descriptor, port) = try loopbackSocket() }

    deinit { close(descriptor) }

    /// `http://127.0.0.1:port`.
    public var url: String { "http://127.0.0.1:\(port)" }
}

/// A socket at a port of loopback that was free; nobody listens yet.
func loopbackSocket() throws(NoListener) -> (descriptor: Int32, port: Int) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
            bind(descriptor, pointer, size) == 0 && getsockname(descriptor, pointer, &size) == 0
        }
    }
    guard isBound else {
        defer { close(descriptor) }
        throw NoListener(code: errno)
    }
    return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
}
