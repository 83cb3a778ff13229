import Foundation
import Synchronization

/// A line to a server of loopback on which each packet takes some time in each direction.
final class SlowLine: Sendable {
    let port: Int
    private let listener: Int32
    private let sockets = Mutex<[Int32]>([])

    init(to server: Int, milliseconds: Int32) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        guard Self.with(0, { bind(listener, $0, $1) }) == 0, listen(listener, 8) == 0 else {
            throw POSIXError(.EADDRINUSE)
        }
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) {
            _ = $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(listener, $0, &length) }
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in
            while true {
                let near = accept(listener, nil, nil)
                guard near >= 0 else { return }
                let far = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
                guard Self.with(server, { connect(far, $0, $1) }) == 0 else { return }
                sockets.withLock { $0 += [near, far] }
                for (from, to) in [(near, far), (far, near)] {
                    var now: Int32 = 1
                    setsockopt(to, Int32(IPPROTO_TCP), TCP_NODELAY, &now, 4)
                    Thread.detachNewThread { Self.carry(from, to, milliseconds) }
                }
            }
        }
    }

    /// Ends it with all connections.
    func end() {
        shutdown(listener, Int32(SHUT_RDWR))
        for socket in sockets.withLock({ $0 }) { shutdown(socket, Int32(SHUT_RDWR)) }
    }

    private static func carry(_ from: Int32, _ to: Int32, _ milliseconds: Int32) {
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(from, &bytes, bytes.count)
            guard count > 0 else { break }
            // What makes the line slow; nothing waits for it.
            poll(nil, 0, milliseconds)
            guard send(to, bytes, count, Int32(MSG_NOSIGNAL)) == count else { break }
        }
        shutdown(to, Int32(SHUT_RDWR))
    }

    private static func with(_ port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
