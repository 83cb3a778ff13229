internal import CHTTPServer

/// An HTTP server on 127.0.0.1 that hands every request to one function, on a thread of its connection.
///
/// Listens from its making until `stop`; safe to use from any thread.
final class Listener: Sendable {
    /// What becomes of a request.
    enum Ending {
        /// It is answered.
        case reply(Reply)
        /// The answer breaks off in the middle of its body, and the connection with it.
        case brokenOff(Reply)
        /// The connection ends without a byte.
        case silence
    }

    /// A request that waits for its ending.
    struct Exchange {
        fileprivate let pointer: OpaquePointer

        /// Lets time pass.
        ///
        /// - Returns: Whether it passed; false where the client left or the server is being stopped.
        func wait(_ duration: Duration) -> Bool {
            let (seconds, attoseconds) = duration.components
            return chttpserver_wait(pointer, seconds * 1_000 + attoseconds / 1_000_000_000_000_000) == 1
        }
    }

    private final class Context: Sendable {
        let answer: @Sendable (Request, Exchange) -> Ending
        init(_ answer: @escaping @Sendable (Request, Exchange) -> Ending) { self.answer = answer }
    }

    // C's server locks for itself; nothing else is done with the pointer than to hand it back.
    private nonisolated(unsafe) let server: OpaquePointer
    private let context: Context

    /// Begins to listen.
    ///
    /// - Parameters:
    ///   - port: 0 for any that is free.
    ///   - answer: called on the connection's thread; may take its time.
    /// - Throws: why the port can't be listened on.
    init(
        port: UInt16, answer: @escaping @Sendable (Request, Exchange) -> Ending
    ) throws(SimulatorError) {
        context = Context(answer)
        var words = [CChar](repeating: 0, count: 200)
        let server = chttpserver_start(
            port,
            { context, exchange in
                let context = Unmanaged<Context>.fromOpaque(context).takeUnretainedValue()
                Listener.end(exchange, context.answer(Request(exchange), Exchange(pointer: exchange)))
            }, Unmanaged.passUnretained(context).toOpaque(), &words, words.count)
        guard let server else {
            let reason = words.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            throw .cannotListen(port: port, reason: String(decoding: reason, as: UTF8.self))
        }
        self.server = server
    }

    /// The port that it listens on.
    var port: UInt16 { chttpserver_port(server) }

    /// Closes every connection and waits for the requests that are being answered; call it once.
    func stop() { chttpserver_stop(server) }

    private static func end(_ exchange: OpaquePointer, _ ending: Ending) {
        switch ending {
        case .silence: chttpserver_hang_up(exchange)
        case .reply(let reply) where reply.body.count > 1 << 20:
            add(reply.headers, to: exchange)
            chttpserver_answer_in_pieces(
                exchange, Int32(reply.status), reply.body.count,
                Unmanaged.passRetained(LargeBody(reply.body)).toOpaque(),
                { context, position, into, count in
                    Unmanaged<LargeBody>.fromOpaque(context).takeUnretainedValue()
                        .copy(from: position, count: count, into: into)
                }, { Unmanaged<LargeBody>.fromOpaque($0).release() })
        case .reply(let reply):
            add(reply.headers, to: exchange)
            reply.body.withUnsafeBufferPointer {
                chttpserver_answer(exchange, Int32(reply.status), $0.baseAddress, $0.count)
            }
        case .brokenOff(let reply):
            add(reply.headers, to: exchange)
            let promised = max(reply.body.count, 2)
            reply.body.withUnsafeBufferPointer {
                chttpserver_break_off(
                    exchange, Int32(reply.status), $0.baseAddress, reply.body.count / 2, promised)
            }
        }
    }

    /// An answer of a large network, which is not to be in memory twice.
    private final class LargeBody: Sendable {
        private let bytes: [UInt8]
        init(_ bytes: [UInt8]) { self.bytes = bytes }

        func copy(from position: Int, count: Int, into target: UnsafeMutablePointer<UInt8>) {
            bytes.withUnsafeBufferPointer { bytes in
                guard let start = bytes.baseAddress else { return }
                target.update(from: start + position, count: count)
            }
        }
    }

    private static func add(_ headers: [(name: String, value: String)], to exchange: OpaquePointer) {
        for header in headers { chttpserver_add_header(exchange, header.name, header.value) }
    }
}

extension Request {
    /// Reads what arrived; of headers that came several times the last counts.
    fileprivate init(_ exchange: OpaquePointer) {
        var headers: [String: String] = [:]
        withUnsafeMutablePointer(to: &headers) { headers in
            chttpserver_headers(exchange, headers) { context, name, value in
                let headers = context.assumingMemoryBound(to: [String: String].self)
                headers.pointee[String(cString: name).lowercased()] = String(cString: value)
            }
        }
        var count = 0
        let bytes = chttpserver_body(exchange, &count)
        self.init(
            method: String(cString: chttpserver_method(exchange)),
            target: String(cString: chttpserver_target(exchange)), headers: headers,
            body: Array(UnsafeBufferPointer(start: bytes, count: count)))
    }
}
