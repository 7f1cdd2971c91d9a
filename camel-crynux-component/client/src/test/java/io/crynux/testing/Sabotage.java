// SPDX-License-Identifier: Apache-2.0
package io.crynux.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;

/** Stands before something that is plugged into the client, and does something else in its place when told to. */
public final class Sabotage {

    /** What is called. */
    @FunctionalInterface
    public interface Saboteur {
        /**
         * @param method its name
         * @param arguments of the call; empty for none
         * @param call what it does unless it is sabotaged
         */
        Object onCall(String method, Object[] arguments, Callable<Object> call) throws Throwable;
    }

    private Sabotage() {}

    /** @param type an interface that the target has */
    public static <T> T of(Class<T> type, T target, Saboteur saboteur) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        saboteur.onCall(method.getName(), arguments == null ? new Object[0] : arguments, () -> {
                            try {
                                return method.invoke(target, arguments);
                            } catch (InvocationTargetException e) {
                                if (e.getCause() instanceof Exception cause) {
                                    throw cause;
                                }
                                throw new AssertionError(e);
                            }
                        })));
    }
}
