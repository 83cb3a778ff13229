import Foundation
import Glibc

/// Why an exchange gave no answer.
struct NoAnswer: Error {
    let words: String
}

/// One request and its answer over a plain socket, on a thread of its own.
///
/// URLSession waits inside the tasks' own threads: with two of them, a few tests at once wait for each other for ever.
struct Exchange {
    let port: UInt16
    let request: [UInt8]

    func run() async throws -> (head: String, body: Data) {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try self.talk() })
            }
        }
    }

    private func talk() throws -> (head: String, body: Data) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw NoAnswer(words: "no socket") }
        defer { close(descriptor) }
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw NoAnswer(words: "nobody listens on \(port)") }
        var sent = 0
        while sent < request.count {
            let count = request[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw NoAnswer(words: "the request was not taken") }
            sent += count
        }
        return try answer(from: descriptor)
    }

    /// Reads until the announced length, or without one until the end.
    private func answer(from descriptor: Int32) throws -> (head: String, body: Data) {
        var received = Data()
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        let blank = Data("\r\n\r\n".utf8)
        var head: String?
        var bodyStart = 0
        var length: Int?
        while true {
            if head == nil, let end = received.range(of: blank) {
                let text = String(decoding: received[..<end.lowerBound], as: UTF8.self)
                head = text
                bodyStart = end.upperBound
                length = text.lowercased().components(separatedBy: "\r\n")
                    .first { $0.hasPrefix("content-length:") }
                    .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) }
            }
            if let head, let length, received.count - bodyStart >= length {
                return (head, Data(received[bodyStart..<(bodyStart + length)]))
            }
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count > 0 {
                received.append(contentsOf: chunk[..<count])
                continue
            }
            guard count == 0, let head, length == nil else {
                throw NoAnswer(words: head == nil ? "no answer" : "the answer ended early")
            }
            return (head, Data(received[bodyStart...]))
        }
    }
}
