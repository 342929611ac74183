@echo off
rem Starts Waxwing with a Java of version 25 or newer: WAXWING_JAVA, a runtime that came along, JAVA_HOME, then PATH.
setlocal
set "lib=%~dp0..\lib"
set "java=java"
if exist "%~dp0..\runtime\bin\java.exe" set "java=%~dp0..\runtime\bin\java.exe"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "java=%JAVA_HOME%\bin\java.exe"
if defined WAXWING_JAVA set "java=%WAXWING_JAVA%"
"%java%" -XX:+UseSerialGC -Xms32m -Xmx768m -Xmn12m -XX:SurvivorRatio=1 -XX:MinHeapFreeRatio=15 -XX:MaxHeapFreeRatio=40 -XX:Tier4InvocationThreshold=20000 -XX:Tier4MinInvocationThreshold=5000 -XX:Tier4CompileThreshold=40000 -Xlog:disable -Xlog:all=error,aot*=off,cds*=off:stderr --enable-native-access=javafx.graphics,ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dorg.jooq.no-logo=true -Dorg.jooq.no-tips=true "-Dorg.sqlite.lib.path=%lib%\native" --module-path="%lib%\javafx" --add-modules=javafx.controls %WAXWING_JAVA_OPTIONS% -cp "%lib%\*" app.waxwing.app.Launcher %*
