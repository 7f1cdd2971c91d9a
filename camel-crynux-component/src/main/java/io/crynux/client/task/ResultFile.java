// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

/** One file of a result: an image, or a chat completion. */
public final class ResultFile {
    private final String contentType;
    private final byte[] bytes;

    public ResultFile(String contentType, byte[] bytes) {
        this.contentType = contentType;
        this.bytes = bytes;
    }

    /** MIME type: image/png or application/json. */
    public String contentType() {
        return contentType;
    }

    /** The content; not copied. */
    public byte[] bytes() {
        return bytes;
    }

    /** The content may be large or private, so only its size is told. */
    @Override
    public String toString() {
        return "ResultFile[" + contentType + ", " + bytes.length + " bytes]";
    }
}
