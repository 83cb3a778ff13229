import Glibc
import Synchronization

/// A request as it arrived.
public struct Request: Sendable {
    /// The method.
    public let method: String
    /// The target as it stood in the request line.
    public let target: String
    /// Header names in lower case, and values, in order.
    public let headers: [(name: String, value: String)]
    /// The body, by its Content-Length.
    public let body: [UInt8]
    /// The number of the connection that it came on, from 1.
    public let connection: Int
    /// The server's port.
    public let port: Int

    /// The first value of a header, by its name in lower case.
    public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
    /// The body as text.
    public var text: String { String(decoding: body, as: UTF8.self) }
}

/// One accepted connection, in the hands of a script; used by the thread that serves it.
public final class Connection: Sendable {
    /// The number of the connection, from 1.
    public let number: Int
    private let descriptor: Int32
    private let server: Listener
    private let closed = Mutex(false)
    private let hasLeft = Mutex(false)
    private let unread = Mutex<[UInt8]>([])

    init(descriptor: Int32, number: Int, server: Listener) {
        self.descriptor = descriptor
        self.number = number
        self.server = server
    }

    /// Whether the script has ended the connection.
    public var isClosed: Bool { closed.withLock { $0 } }

    // MARK: Answering

    /// Sends an answer with its length; the connection stays.
    public func answer(_ status: Int = 200, _ headers: [(String, String)] = [], body: [UInt8]) {
        var head = "HTTP/1.1 \(status) Scripted\r\nContent-Length: \(body.count)\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        send(head + "\r\n")
        send(body)
    }

    /// Sends an answer with its length; the connection stays.
    public func answer(_ status: Int = 200, _ headers: [(String, String)] = [], _ body: String = "") {
        answer(status, headers, body: Array(body.utf8))
    }

    /// Sends text as it is.
    public func send(_ text: String) { send(Array(text.utf8)) }

    /// Sends bytes as they are; gives up silently when the client is gone.
    public func send(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.send(
                    descriptor, buffer.baseAddress.map { $0 + sent }, bytes.count - sent,
                    Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    /// Sends nothing more and waits until the client leaves or the server is stopped.
    public func hang() {
        while receive() != nil {}
    }

    /// Ends our direction, and waits until the client leaves.
    public func halfClose() {
        shutdown(descriptor, Int32(SHUT_WR))
        hang()
        close()
    }

    /// Ends the connection in good order.
    public func close() {
        let isFirst = closed.withLock { closed in
            defer { closed = true }
            return !closed
        }
        guard isFirst else { return }
        server.forget(number)
        Glibc.close(descriptor)
    }

    /// Ends the connection with a reset.
    public func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    // MARK: Reading

    /// Reads the next bytes; nil when the client has left.
    public func receive() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else {
            let isNews = hasLeft.withLock { hasLeft in
                defer { hasLeft = true }
                return !hasLeft
            }
            if isNews { server.note { $0.departures += 1 } }
            return nil
        }
        return Array(buffer.prefix(count))
    }

    /// Reads exactly so many bytes; nil when the client left before.
    public func receive(exactly count: Int) -> [UInt8]? {
        while unread.withLock({ $0.count }) < count {
            guard let more = receive() else { return nil }
            unread.withLock { $0 += more }
        }
        return unread.withLock { unread in
            defer { unread.removeFirst(count) }
            return Array(unread.prefix(count))
        }
    }

    /// Reads a whole request and counts it; nil when the client left before.
    public func readRequest() -> Request? {
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            guard let byte = receive(exactly: 1) else { return nil }
            head += byte
        }
        let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n").map(String.init)
        let words = lines.first?.split(separator: " ").map(String.init) ?? []
        guard words.count == 3 else { return nil }
        let headers = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            return (line[..<colon].lowercased(), String(value))
        }
        let length = headers.first { $0.name == "content-length" }.flatMap { Int($0.value) } ?? 0
        guard let body = length == 0 ? [] : receive(exactly: length) else { return nil }
        let request = Request(
            method: words[0], target: words[1], headers: headers, body: body, connection: number,
            port: server.port)
        server.note { $0.requests.append(request) }
        return request
    }
}
